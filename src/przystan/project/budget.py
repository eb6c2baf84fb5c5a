"""What the database may work for one page (`access.spending`).

The connection itself limits statements and waits for locks (project.cluster.waits).
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from przystan.access.spending import Spending

from .cluster.waits import page_seconds

# Pages that count over the whole centre have more, by the beginning of their name.
COUNTING = ("reports:", "privacy:erasure", "privacy:copy", "funding:", "desk:supports", "people:duplicates")
MORE = 2.25  # times as much, and still under ten seconds


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
