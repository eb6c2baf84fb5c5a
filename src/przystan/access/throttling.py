"""How often a password or a code may be tried (docs/decisions/0015).

Strangers' browsers together have ten tries in a quarter of an hour for each user name, whether it exists or not.
A browser in which somebody has logged in before has ten of its own for that account, so nobody is locked out by others.
"""

from typing import Any

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

TRIES = "10/15m/key"
ADDRESS = "100/15m/ip"  # strangers' browsers behind one address: an office, not a botnet
RATES = {"known": TRIES, "strange": f"{TRIES},{ADDRESS}"}
SALT = "przystan.device"
MOST = 12  # accounts that a shared browser remembers
REPLAY = 5 * 60  # seconds in which a code that was used is remembered: longer than it is valid


def use(request: HttpRequest, what: str, login: str) -> RateLimitUsage | None:
    """Count one try of `what` ("password", "code") for a user name; None when there were too many."""
    device = known_device(request, login)
    action, place = ("known", device) if device else ("strange", "")
    key = f"{what}:{place}:{login.lower()}"
    return ratelimit.consume(request, app="przystan", action=action, config=RATES, key=key)


def first_use(user_id: int, code: str) -> bool:
    """Whether this code is used for the first time: a code that somebody looked over a shoulder opens nothing."""
    digest = salted_hmac("przystan.code", f"{user_id}:{code.strip()}", algorithm="sha256").hexdigest()
    return cache.add(f"code:{digest}", 1, timeout=REPLAY)


def known_device(request: HttpRequest, login: str) -> str:
    """The name of this browser if the account has logged in here before, else ""."""
    device = _device(request)
    return device["name"] if _mark(login) in device["marks"] else ""


def remember(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """Let this browser be known for an account."""
    device = _device(request)
    marks = [_mark(login), *(mark for mark in device["marks"] if mark != _mark(login))][:MOST]
    value = signing.dumps({"name": device["name"] or get_random_string(22), "marks": marks}, salt=SALT)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _device(request: HttpRequest) -> dict[str, Any]:
    try:
        value = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        device = signing.loads(value, salt=SALT, max_age=settings.DEVICE_COOKIE_AGE)
    except signing.BadSignature:
        return {"name": "", "marks": []}
    return {"name": str(device["name"]), "marks": list(device["marks"])}


def _mark(login: str) -> str:
    """What the cookie says instead of the user name."""
    return salted_hmac(SALT, login.strip().lower(), algorithm="sha256").hexdigest()[:16]
