"""What the database may work for one page: as much as for one statement of it, not that much for each.

The connection itself limits statements and waits for locks (project.cluster.waits). Here a page that has used up part
of its time tells the database how much is left: not at each statement, only when it has become notably less.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse

from .cluster.waits import milliseconds, page_seconds

# Pages that count over the whole centre have more, by the beginning of their name.
COUNTING = ("reports:", "privacy:erasure", "privacy:copy", "funding:", "desk:supports", "people:duplicates")
MORE = 2.25  # times as much, and still under ten seconds
NOTABLE = 0.8


class OutOfTime(OperationalError):
    """The database has worked long enough for this page."""


class Spending:
    """Wrapper of Django's `cursor.execute`: measures, and ends what takes too long. Times in seconds."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.told = seconds  # what the connection has as its limit for a statement

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
        connection.connection.execute(f"SET LOCAL statement_timeout = {milliseconds(seconds)}")


class Budget:
    """Middleware: every page has its time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.spending = Spending(page_seconds())
        with connection.execute_wrapper(request.spending):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        if match and match.view_name.startswith(COUNTING):
            request.spending.allow(MORE)
