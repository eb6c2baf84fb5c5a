"""Keeps watch over sessions: they end by themselves, and get a new key whenever they come to mean more.

All of it is decided from what is so now (roles, second steps, times), so it holds however the change was made.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve

from . import sessions
from .adapter import recently_shown
from .addresses import background, secret
from .assurance import RECOVERY, idle_seconds
from .backends import factors_of
from .sessions import Ended

# What the browser forgets: when a session ends, pages; when somebody leaves, also whatever else it has stored. The
# cookie of a known browser stays.
ENDED, LEFT = '"cache"', '"cache", "storage"'


class SessionGuard:
    """Stands before ActorMiddleware, so that `request.actor` is known when the view is chosen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before, proofs = request.user.pk, len(get_authentication_records(request, request.user))
        response = self.get_response(request)
        if before and not request.user.is_authenticated:
            response["Clear-Site-Data"] = ENDED if hasattr(request, "ended") else LEFT
        elif not before and request.user.is_authenticated:
            _begin(request)
        elif before:
            _after(request, response, proofs)
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not request.user.is_authenticated or _name(request) in settings.SESSION_FREE_URLS:
            return None
        state = request.session.get(sessions.KEY) or _begin(request)
        why = sessions.ended(state, _roles(request), _factors(request))
        if why and _name(request) in secret():
            _forget(request)
            return None
        if why:
            return end(request, why)
        _go_on(request, state)
        return None


def _forget(request: HttpRequest) -> None:
    """Log out, and go on as nobody: the page opens by its address alone, which is written into no other."""
    logout(request)
    request.actor = None  # type: ignore[attr-defined]


def end(request: HttpRequest, why: Ended) -> HttpResponse:
    """Log out, and lead to a login that comes back to this page."""
    answer = to_login(request, why)
    logout(request)
    request.ended = why  # type: ignore[attr-defined]
    return answer


def to_login(request: HttpRequest, why: Ended) -> HttpResponse:
    """Lead to a login that says why, and whether what was sent is lost, and comes back to this page."""
    unsaved = request.method == "POST" and not is_background(request)
    words = {"next": came_from(request), "why": why} | ({"unsaved": "1"} if unsaved else {})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(words)}")


def came_from(request: HttpRequest) -> str:
    """The path of the page that somebody sees: where a form or a part of a page was asked from. Never one that opens
    something by itself (`addresses.page(secret=True)`): what is written into a page's address is kept by browsers."""
    htmx = request.headers.get("HX-Current-URL")
    page = request.get_full_path() if request.method == "GET" and not htmx else htmx or request.headers.get("Referer")
    parts = urlsplit(page or "")
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else resolve_url("/")
    if _is_secret(path):
        return resolve_url("/")
    return f"{path}?{parts.query}" if parts.query else path


def _is_secret(path: str) -> bool:
    try:
        return resolve(path).view_name in secret()
    except Resolver404:
        return False


def is_background(request: HttpRequest) -> bool:
    """Whether a page asks by itself, without anybody there."""
    return request.method == "GET" and _name(request) in background() and _is_part(request)


def _is_part(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request") or request.headers.get("Sec-Fetch-Dest") == "empty")


def _go_on(request: HttpRequest, state: sessions.State) -> None:
    roles, idle = sorted(_roles(request)), _idle(request)
    if state["roles"] != roles:
        request.session.cycle_key()
    changed = (state["roles"], state["idle"]) != (roles, idle)
    state["roles"], state["idle"] = roles, idle
    if (not is_background(request) and sessions.seen(state)) or changed:
        request.session[sessions.KEY] = state
    request.lock_in = sessions.left(state)  # type: ignore[attr-defined]


def _begin(request: HttpRequest) -> sessions.State:
    state = sessions.begin(_roles(request), _factors(request), _idle(request))
    request.session[sessions.KEY] = state
    return state


def _after(request: HttpRequest, response: HttpResponse, proofs: int) -> None:
    """A new key after a step-up, and after a change of one's own second steps, which only this session survives."""
    mine = _may_change_login(request, response) and _takes_over(request)
    if mine or len(get_authentication_records(request, request.user)) > proofs:
        request.session.cycle_key()


def _takes_over(request: HttpRequest) -> bool:
    """Let this session know of a change of the second steps; whether there was one."""
    state = request.session.get(sessions.KEY)
    now = _factors(request, fresh=True)
    if not state or state["factors"] == now:
        return False
    request.session[sessions.KEY] = state | {"factors": now}
    return True


def _may_change_login(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this request can have changed the second steps, as its own user who has just shown who they are."""
    done = request.method == "POST" and response.status_code == 302
    return done and _name(request).startswith("mfa_") and recently_shown(request)


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _roles(request: HttpRequest) -> frozenset[str]:
    actor = getattr(request, "actor", None)
    return actor.roles if actor else frozenset()


def _idle(request: HttpRequest) -> int:
    actor = getattr(request, "actor", None)
    return idle_seconds(actor.rights if actor else ())


def _factors(request: HttpRequest, *, fresh: bool = False) -> list[int]:
    """Recovery codes are not counted: using one must not end a session."""
    return sorted(number for number, kind in factors_of(request.user, fresh=fresh).items() if kind != RECOVERY)
