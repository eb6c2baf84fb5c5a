"""Statements that every page asks alike: their SQL is made once for each process, only their values change.

Whatever a page's answer depends on (who asks, the day, the moment) must be a `Blank`: what is no blank stays as it was
when the statement was made.
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import Expression, QuerySet


class Blank(Expression):
    """The place of a value in a prepared statement."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Prepared:
    """A queryset with blanks, compiled when it is first asked."""

    def __init__(self, make: Callable[[], QuerySet[Any]]) -> None:
        self.make = make

    @cached_property
    def _made(self) -> tuple[QuerySet[Any], Any, str, list[Any]]:
        rows = self.make()
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        return rows, compiler, sql, list(params)

    def rows(self, **values: Any) -> list[Any]:
        """What the queryset gives with these values in its blanks."""
        rows, compiler, sql, params = self._made
        filled = [values[one.name] if isinstance(one, Blank) else one for one in params]
        ready = copy(compiler)
        ready.connection = connections[rows.db]  # a thread has its own
        ready.as_sql = lambda *args, **words: (sql, filled)
        asked = rows.all()
        asked.query.get_compiler = lambda *args, **words: ready  # type: ignore[method-assign]
        return list(asked)
