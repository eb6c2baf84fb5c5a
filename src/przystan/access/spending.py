"""How long the database may work for somebody who waits: as much as for one statement, not that much for each.

Whoever has used up part of its time tells the database how much is left: not at each statement, only when it has become
notably less.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction

from . import audit

NOTABLE = 0.8
JUST_BEFORE = 0.01  # seconds: the clock of the database is not ours


class OutOfTime(OperationalError):
    """The database has worked long enough for this page."""


class Spending:
    """Wrapper of Django's `cursor.execute`: measures, and ends what takes too long. Times in seconds."""

    def __init__(self, seconds: float, told: float | None = None) -> None:
        self.left = seconds
        self.told = seconds if told is None else told  # what the connection has as its limit for a statement

    def allow(self, times: float) -> None:
        self.left *= times

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if self.left <= 0:
            raise OutOfTime("the time of this page is used up")
        begun = time.monotonic()
        try:
            if self.must_tell(context["connection"]):
                self.told = self.left
                tell(context["connection"], self.left)
            return execute(sql, params, many, context)
        finally:
            self.left -= time.monotonic() - begun

    def must_tell(self, connection: Any) -> bool:
        """Only a transaction can have a limit of its own; one that has failed takes no statement any more."""
        changed = not NOTABLE * self.told <= self.left <= self.told
        return changed and connection.in_atomic_block and not connection.needs_rollback


def tell(connection: Any, seconds: float) -> None:
    """Beside the statement, never before it with its own cursor: that may be one of the server, which takes one."""
    with connection.wrap_database_errors:
        connection.connection.execute(f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}")


class Hurry(Spending):
    """As `Spending`, for a try that ends at a moment: what Python works counts as well."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds, told=float("inf"))
        self.until = time.monotonic() + seconds

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.check()
        return super().__call__(execute, sql, params, many, context)

    def check(self) -> None:
        """Raise OutOfTime when it is past the moment: for work between statements, a row of a file, say."""
        self.left = self.until - time.monotonic()
        if self.left <= 0:
            raise OutOfTime("it takes longer than somebody waits")


@contextmanager
def hurrying(seconds: float) -> Iterator[Hurry]:
    """Try it for so long. Raises OutOfTime: then nothing was done, and nothing of what was read is told to the audit
    log, as nobody was shown it.
    """
    hurry = Hurry(seconds)
    try:
        with audit.taken_back(OutOfTime), _in_time(hurry), transaction.atomic(), connection.execute_wrapper(hurry):
            yield hurry
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


@contextmanager
def _in_time(hurry: Hurry) -> Iterator[None]:
    """Whatever the database says of a statement that it cut short is one error."""
    try:
        yield
    except DatabaseError as error:
        if hurry.until - time.monotonic() > JUST_BEFORE:
            raise
        raise OutOfTime("it takes longer than somebody waits") from error
