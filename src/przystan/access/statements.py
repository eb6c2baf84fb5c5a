"""Several statements on one way to the database and back."""

from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Statement:
    """SQL with its values, to be run by whoever has more to ask."""

    sql: str
    values: dict[str, Any]


def answer_of(last: Statement, *before: Statement | None) -> tuple[Any, ...]:
    """Run statements one after the other, each seeing what those before it did; the one row that the last answers."""
    with connection.cursor() as cursor:
        one_by_one = [statement for statement in (*before, last) if statement]
        cursor.execute("; ".join(cursor.mogrify(each.sql, each.values) for each in one_by_one))
        while cursor.nextset():
            pass
        row: tuple[Any, ...] = cursor.fetchone()
        return row
