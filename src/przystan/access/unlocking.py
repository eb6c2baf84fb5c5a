"""The unlocked key between requests: in the session, closed with a secret that only a cookie of the browser holds.

So neither the database alone nor the cookie alone opens anything. It is gone with the session, with the role, and after
some idle minutes (settings.UNLOCK_IDLE).
"""

import base64
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .actors import Actor
from .guard import is_background
from .keys import boxes
from .keys.unlocked import current, ring
from .rights import CASES_SECRET, GLASS_APPROVE

SESSION, FRESH = "unlock", 60  # seconds until the time of the last use is written down again
HOLDERS = (CASES_SECRET, GLASS_APPROVE)


class KeyRing:
    """Middleware, after the actor is known: the view finds the unlocked key in `keys.unlocked`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.unlock_cookie = None
        with ring(request.user.pk, _private(request)):
            response = self.get_response(request)
            _touch(request)
        if request.unlock_cookie:
            _set_cookie(response, request.unlock_cookie)
        elif settings.UNLOCK_COOKIE_NAME in request.COOKIES and SESSION not in request.session:
            response.delete_cookie(settings.UNLOCK_COOKIE_NAME, samesite="Strict")
        return response


def may_hold(actor: Actor | None) -> bool:
    """Whether a role of the actor's holds keys."""
    return actor is not None and any(actor.can(right) for right in HOLDERS)


def remember(request: HttpRequest, private: bytes) -> None:
    """Keep the unlocked key for the requests to come."""
    cookie = boxes.new_key()
    blob = boxes.close(cookie, private, _bound(request))
    request.session[SESSION] = {"blob": base64.b64encode(blob).decode(), "at": time.time()}
    request.unlock_cookie = base64.urlsafe_b64encode(cookie).decode()
    held = current()
    held.user_id, held.private = request.user.pk, private


def forget(request: HttpRequest) -> None:
    """Lock again; only the browser that unlocked can."""
    held = current()
    if held.private:
        request.session.pop(SESSION, None)
    held.private = None
    held.forget()


def _private(request: HttpRequest) -> bytes | None:
    kept = request.session.get(SESSION)
    if not kept:
        return None
    now = time.time()
    if not may_hold(request.actor) or not 0 <= now - kept["at"] <= settings.UNLOCK_IDLE:
        request.session.pop(SESSION)
        return None
    try:
        cookie = base64.urlsafe_b64decode(request.COOKIES.get(settings.UNLOCK_COOKIE_NAME, ""))
        return boxes.reopen(cookie, base64.b64decode(kept["blob"]), _bound(request))
    except (boxes.Closed, ValueError):
        return None  # another browser shows this session: it opens nothing, and locks nothing of its owner's


def _touch(request: HttpRequest) -> None:
    """Somebody is at work: the idle minutes begin anew."""
    kept = request.session.get(SESSION) if current().private else None
    if kept and request.resolver_match and time.time() - kept["at"] > FRESH and not is_background(request):
        request.session[SESSION] = kept | {"at": time.time()}


def _bound(request: HttpRequest) -> bytes:
    return f"unlock|{request.user.pk}".encode()


def _set_cookie(response: HttpResponse, value: str) -> None:
    response.set_cookie(
        settings.UNLOCK_COOKIE_NAME, value, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
