"""GET cannot write: a link, a preview or a prefetch must never change a record."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

SAFE = {"GET", "HEAD", "OPTIONS"}
WRITES = re.compile(
    r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|COPY|MERGE\s+INTO)\s+(?:ONLY\s+)?\"?(?P<table>\w+)",
    re.IGNORECASE,
)
# What reading may leave behind: the session, rate limits, the note that somebody has read, and allauth's note that
# recovery codes were shown or a passkey was used.
ALLOWED = {"django_session", "django_cache", "access_auditentry", "access_audithead", "mfa_authenticator"}


class WriteOnRead(Exception):
    """A page that should only read has tried to write."""


class ReadOnlyMiddleware:
    """Refuses writing statements while a GET, HEAD or OPTIONS is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Wrapper of Django's `cursor.execute`. Raises WriteOnRead."""
    found = WRITES.match(sql)
    if found and found["table"] not in ALLOWED:
        raise WriteOnRead(f"a read has tried to write into {found['table']}")
    return execute(sql, params, many, context)
