"""Several statements on one way to the database and back."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.pq import TransactionStatus


@dataclass(frozen=True)
class Statement:
    """SQL with its values, to be run by whoever has more to ask."""

    sql: str
    values: dict[str, Any]


def answers_of(last: Statement, *before: Statement | None) -> list[tuple[Any, ...]]:
    """Run statements one after the other, each seeing what those before it did; the rows that the last answers."""
    with connection.cursor() as cursor:
        one_by_one = [statement for statement in (*before, last) if statement]
        cursor.execute("; ".join(cursor.mogrify(each.sql, each.values) for each in one_by_one))
        while cursor.nextset():
            pass
        return list(cursor.fetchall())


def has_failed() -> bool:
    """Whether the transaction can only be undone: nothing more may be asked in it."""
    raw = connection.connection
    return connection.needs_rollback or (raw is not None and raw.info.transaction_status == TransactionStatus.INERROR)
