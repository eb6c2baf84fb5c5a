"""Logs: one JSON object a line. They say what happened, never with whose data.

Left out on purpose: query strings (search words are names), values of local variables, SQL, bodies, cookies.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

CHAIN: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,  # a plain traceback: no local variables
]


def configuration(*, json: bool) -> dict[str, Any]:
    """Django's LOGGING. JSON for servers, plain words for a person at a terminal."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not json:
        renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        "foreign_pre_chain": CHAIN,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "INFO" if json else "WARNING"},
        # The template engine logs undefined variables, procrastinate every idle second: too much, and too telling.
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.template": {"level": "WARNING"},
            "django.db.backends": {"level": "WARNING"},
            "psycopg.pool": {"level": "ERROR"},
            "procrastinate.blueprints": {"level": "WARNING"},
            "procrastinate": {"level": "INFO" if json else "WARNING"},
        },
    }


log = logging.getLogger("przystan.requests")


class RequestLog:
    """One line for each request: method, route, status, milliseconds. Never the path's values or the query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "-"
        spent = (time.perf_counter() - start) * 1000
        log.info("%s /%s %s %.0f ms", request.method, route, response.status_code, spent)
        return response
