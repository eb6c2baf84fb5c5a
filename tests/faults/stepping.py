"""Lets an operation fail after its first statement, its second, …, and looks what is left: nothing, each time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from tests.harness import database

Work = Callable[[], Any]
SAID = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM \"{0}\" t"


class Injected(Exception):
    """The fault."""


class Counter:
    """Counts statements, and raises Injected as soon as the last one wanted is done."""

    def __init__(self, fail_after: int = 0) -> None:
        self.fail_after, self.count, self.raised = fail_after, 0, False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        self.count += 1
        if self.count == self.fail_after:
            self.raised = True
            raise Injected
        return result


def digests() -> dict[str, tuple[int, str]]:
    """Of each table: how many rows, and a sum over their content that knows no order."""
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if table != "django_migrations"]
        cursor.execute(" UNION ALL ".join(SAID.format(table) for table in sorted(tables)))
        return {name: (count, text) for name, count, text in cursor.fetchall()}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block does, the tables are as before afterwards."""
    database.forget()
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        database.forget()


def statements(work: Work) -> int:
    """How many statements the whole operation takes once what is kept in memory is known. Undone again.

    A first time that looks something up for all later ones would count one more, and the fault after the last but one
    would come when the later ones had committed.
    """
    with undone():
        work()
    counter = Counter()
    with undone(), connection.execute_wrapper(counter):
        work()
    return counter.count


def left_after(work: Work, number: int, before: dict[str, tuple[int, str]]) -> set[str]:
    """Tables that are not as before when the operation fails after so many statements. Undone again.

    Raises AssertionError when the fault did not come through: somebody has swallowed it. An operation that needed fewer
    statements this time, because something was known already, ended well, and nothing of it was half done.
    """
    counter = Counter(number)
    with undone():
        try:
            with connection.execute_wrapper(counter):
                work()
        except Injected:
            after = digests()
            return {name for name, told in after.items() if told != before.get(name)}
    assert not counter.raised, f"a fault after statement {number} was swallowed"
    return set()


def steps(total: int, most: int) -> list[int]:
    """Up to `most` of the statements 1 to total - 1, evenly spread, the first and the last among them.

    The last statement of all is the commit: what fails after it is done.
    """
    last = total - 1
    if last <= most:
        return list(range(1, last + 1))
    return sorted({1 + round(number * (last - 1) / (most - 1)) for number in range(most)})
