"""Seals words that an earlier version kept in clear: the last step, when the tables are of this version.

They wait in a table of their own, so that a stopped upgrade goes on here; it goes when the last of them is sealed.
"""

from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from przystan.access.actors import system
from przystan.access.history import without_history
from przystan.access.scope import acting

TABLE = "upgrade_text"
BATCH = 500
NEXT = f"DELETE FROM {TABLE} WHERE ctid IN (SELECT ctid FROM {TABLE} LIMIT {BATCH}) RETURNING model, row, field, words"  # noqa: S608


def is_waiting() -> bool:
    """Whether an upgrade has left words to be sealed."""
    return TABLE in connection.introspection.table_names()


def seal_waiting() -> None:
    """Seal what waits, a few hundred in one transaction, then drop the table."""
    while is_waiting():
        with acting(system(0, "przystan migrate")), connection.cursor() as cursor:
            without_history()  # nobody changed anything
            cursor.execute(NEXT)
            if not (found := cursor.fetchall()):
                cursor.execute(f"DROP TABLE {TABLE}")
            for model, pk, field, words in found:
                write(apps.get_model(model), pk, field, words)


def write(model: type[models.Model], pk: int, name: str, words: str) -> None:
    """Write the sealed words beside everything else of the row, which stays as it is."""
    row: Any = model._base_manager.get(pk=pk)
    field: Any = model._meta.get_field(name)
    setattr(row, name, words)
    table, column = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(field.column)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [field.pre_save(row, add=False), pk])  # noqa: S608
