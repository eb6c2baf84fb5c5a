"""Pages that cannot be served now: which trouble it is, and an answer in words that loses nothing.

The one place that tells the database's troubles apart. Whatever raised it, in a view or before, Django asks the
handler of error 500, which is `server_error` here (project.urls). No page of this file asks the database.
"""

import errno
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import partial

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error as broken

from przystan.access.spending import OutOfTime
from przystan.ui.htmx import is_fragment, toast

from . import room
from .logs import message

log = logging.getLogger("przystan.requests")
errors = psycopg.errors
# What is never written into a page: by a part of the field's name, or where forms ask for such things, by all of it.
SECRET = ("password", "passphrase", "credential")
SECRET_THERE = {"code", "again"}  # elsewhere a service, an indicator or a point has a code
THERE = ("account", "mfa", "keys:", "links:")
MOST_KEPT = 256 * 1024  # bytes of a form, as it was sent, that the page offers to send again
NOT_SAVED = _("Nothing was saved. What you wrote is still here: try again in a moment.")
NOT_SHOWN = _("A part of this page could not be loaded. Load the page again in a moment.")


class Why(Enum):
    """What is in the way: status, seconds until it is worth trying again, template, words beside a form."""

    BUSY = 503, 5, "503_busy.html", NOT_SAVED
    AWAY = 503, 10, "503.html", _("The database does not answer. What you wrote is still here: try again in a moment.")
    FULL = 507, 60, "507.html", _("The disk is full: nothing can be saved. What you wrote is still here.")

    LARGE = 413, 0, "413.html", _("This is more than can be sent here at once. What you wrote is still here.")
    SLOW = 408, 0, "408.html", _("It did not arrive in time. What you wrote is still here: try again.")

    def __init__(self, status: int, retry: int, template: str, words: Promise) -> None:
        self.status, self.retry, self.template, self.words = status, retry, template, words


KINDS: dict[type[BaseException], Why] = {
    errors.DiskFull: Why.FULL,
    errors.LockNotAvailable: Why.BUSY,
    errors.QueryCanceled: Why.BUSY,
    errors.DeadlockDetected: Why.BUSY,
    errors.SerializationFailure: Why.BUSY,
    errors.TooManyConnections: Why.BUSY,
    errors.OutOfMemory: Why.BUSY,
    OutOfTime: Why.BUSY,
    errors.ReadOnlySqlTransaction: Why.AWAY,
    errors.IdleInTransactionSessionTimeout: Why.AWAY,
}
GONE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of what went wrong: 503 or 507 where waiting or space helps, else 500."""
    error = sys.exc_info()[1]
    found = reason(error)
    if error is None or found is None:
        return broken(request)
    log.warning("%s: %s %s", found.name.lower(), type(error).__name__, message(error))
    return answer(request, found)


def reason(error: BaseException | None) -> Why | None:
    """What is in the way; None for a mistake of ours. The innermost error that we know decides.

    A database that is away because its disk is full says nothing of it any more.
    """
    found = None
    for one in chain(error):
        found = kind_of(one) or found
    return Why.FULL if found is Why.AWAY and room.is_full() else found


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from, the first cause last."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def kind_of(error: BaseException) -> Why | None:
    if isinstance(error, OSError):
        return Why.FULL if error.errno in NO_ROOM else None
    for kind, found in KINDS.items():
        if isinstance(error, kind):
            return found
    return Why.AWAY if isinstance(error, GONE) else None


def answer(request: HttpRequest, why: Why) -> HttpResponse:
    """The page; or, where htmx asks, a message beside what stays as it is."""
    posted = request.method == "POST"
    if is_fragment(request):
        response = toast(HttpResponse(status=why.status), str(why.words if posted else NOT_SHOWN), "bad")
        response["HX-Reswap"] = "none"
    else:
        path = request.get_full_path()
        # `sent` is asked by the template: what was refused for its size must not be read after all.
        context = {"posted": posted, "path": path, "sent": partial(sent, request)}
        context |= {"again": "" if posted else path, "retry": why.retry, "most": getattr(request, "most", 0)}
        response = HttpResponse(loader.render_to_string(why.template, context), status=why.status)
    if why.retry:
        response["Retry-After"] = str(why.retry)
    return response


class Refusals:
    """Middleware: what was refused before a view could be asked (project.serving) gets a page with the same headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        why: Why | None = getattr(request, "refused", None)
        if why is None:
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            return answer(request, why)


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of a form that may be sent again as it is, its token against forgery included; else nothing.

    The token is the one that came with it: a form that somebody else's page sent stays as worthless as it was.
    """
    if request.method != "POST" or is_large(request) or "csrfmiddlewaretoken" not in request.POST or request.FILES:
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [] if has_secret(request.path, request.POST) else fields


def has_secret(path: str, names: Iterable[str]) -> bool:
    """Whether one of these fields, sent to this address, is a password, a code or the like."""
    if any(part in name.lower() for name in names for part in SECRET):
        return True
    try:
        there = resolve(path).view_name.startswith(THERE)
    except Resolver404:
        there = True
    return there and not SECRET_THERE.isdisjoint(names)


def is_large(request: HttpRequest) -> bool:
    """Whether what was sent is too large to be kept on a page; told without reading it."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return getattr(request, "unread", False) or (said.isdigit() and int(said) > MOST_KEPT)
