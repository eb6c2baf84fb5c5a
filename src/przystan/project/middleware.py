"""Who is asking, and may they: decided once for every request, before any view runs."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from przystan.access.actors import Forbidden
from przystan.team.queries import actor_for

from .policy import CLOSED, POLICY, PUBLIC, STAFF

# Pages that a person without a second factor needs to set one up.
SETTING_UP = ("mfa_", "account_reauthenticate")
Next = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Puts `request.actor` (None for strangers) beside `request.user`."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_for(request.user) if request.user.is_authenticated else None
        return self.get_response(request)


class PolicyMiddleware:
    """Refuses what `project.policy` does not allow. Forbidden looks exactly like missing."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.view_name
        needed = POLICY.get(name)
        if needed == PUBLIC:
            return None
        if needed is None or needed == CLOSED:
            return _missing()
        if request.user.is_authenticated and request.actor is None:
            return render(request, "access/no_role.html", status=403)
        if request.actor is None:
            return redirect_to_login(request.path)
        if settings.REQUIRE_SECOND_FACTOR and not _has_second_factor(request) and not name.startswith(SETTING_UP):
            return redirect("mfa_index")
        if needed == STAFF or request.actor.can(needed):
            return None
        return _missing()

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, Forbidden):
            raise Http404 from exception
        if isinstance(exception, DataError) and _has_nul(request):
            raise SuspiciousOperation("a NUL character") from exception  # answered with 400: PostgreSQL keeps none


def _has_nul(request: HttpRequest) -> bool:
    sent = [request.path, *(value for data in (request.GET, request.POST) for _, row in data.lists() for value in row)]
    return any("\0" in value for value in sent)


def _missing() -> HttpResponse:
    raise Http404


def _has_second_factor(request: HttpRequest) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return is_mfa_enabled(request.user)
