"""What the database itself refuses to the application, whoever acts: asked in SQL, past all actions."""

import pytest
from django.db import DatabaseError, connection, transaction

from przystan.access.actors import Actor
from przystan.access.scope import acting

REFUSED = r"row-level security|by_two|by_another|counters_its_own"  # a lock, or a constraint of more rows than one


def run(actor: Actor, sql: str) -> int:
    """Rows that the statement changed, as the application's role for this actor."""
    with acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def refused(actor: Actor, sql: str) -> None:
    """Asserts that it changes nothing."""
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        run(actor, sql)
