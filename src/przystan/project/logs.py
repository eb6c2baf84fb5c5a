"""Logs: one JSON object a line. They say what happened, never with whose data.

Left out on purpose: query strings (search words are names), values of local variables, SQL, bodies, cookies, and what
the database says about the row it refused.
"""

import logging
import logging.config
import os
import time
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

import structlog
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse

VARIABLE, JSON, PLAIN = "PRZYSTAN_LOGS", "json", "plain"
Trace = tuple[type[BaseException], BaseException, TracebackType | None]


def without_values(exc_info: Trace) -> str:
    """A traceback of places and kinds. Messages of the database quote rows, so only names stay of them."""
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        lines = [*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}: {message(error)}\n", *lines]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines)


def message(error: BaseException) -> str:
    """What an error says, in one line; of a database's error its code and the constraint's name."""
    said = getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
    if isinstance(error, DatabaseError) or said is not None:
        return " ".join(filter(None, (getattr(said, "sqlstate", ""), getattr(said, "constraint_name", ""))))
    return str(error).split("\n", 1)[0][:200]


class OursOnly(logging.Filter):
    """Lets no traceback through of what `unavailable` tells in one line: many at once would fill a disk."""

    def filter(self, record: logging.LogRecord) -> bool:
        from .unavailable import reason  # which needs the settings that this is part of

        return not (record.exc_info and reason(record.exc_info[1]))


class RoutesOnly(logging.Filter):
    """Puts the route for the path of a request: a path may be what opens something, or whose page it is."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            paths = {request.path, request.get_full_path()}
            record.args = tuple(route_of(request) if arg in paths else arg for arg in record.args)
        return True


def route_of(request: HttpRequest) -> str:
    """The address without its values; "/-" before one was found."""
    return f"/{request.resolver_match.route if request.resolver_match else '-'}"


# Words of their own in a line: what the supervisor tells of a part. Nothing else that a library adds.
EXTRA = ["part", "ended", "wait_seconds", "lost"]
CHAIN: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(allow=EXTRA),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.ExceptionRenderer(without_values),
]


def lines(*, json: bool) -> logging.Formatter:
    """JSON for servers, plain words for a person at a terminal."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not json:
        renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer], foreign_pre_chain=CHAIN
    )


def configuration(*, json: bool) -> dict[str, Any]:
    """Django's LOGGING. The web server's own is supervision/granian.json."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": lines, "json": json}},
        "filters": {"ours_only": {"()": OursOnly}, "routes_only": {"()": RoutesOnly}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["routes_only"]},
        },
        "root": {"handlers": ["stderr"], "level": "INFO" if json else "WARNING"},
        # The template engine logs undefined variables, procrastinate every idle second: too much, and too telling.
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # What was not found, and what could not be served, is in our own line, without the path.
            "django.request": {"level": "ERROR", "filters": ["ours_only"]},
            "django.template": {"level": "WARNING"},
            "django.db.backends": {"level": "WARNING"},
            "psycopg.pool": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},  # each minute's job would drown what matters; failed ones are told
        },
    }


def begin(usual: str) -> None:
    """From here on, before Django is ready and in what we start too, log as PRZYSTAN_LOGS says, or as is `usual`."""
    os.environ.setdefault(VARIABLE, usual)
    logging.config.dictConfig(configuration(json=os.environ[VARIABLE] == JSON))


log = logging.getLogger("przystan.requests")


class RequestLog:
    """One line for each request: method, route, status, milliseconds. Never the path's values or the query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        spent = (time.perf_counter() - start) * 1000
        log.info("%s %s %s %.0f ms", request.method, route_of(request), response.status_code, spent)
        return response
