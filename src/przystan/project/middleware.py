"""Who is asking, and may they: decided once for every request, before any view runs."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.template.response import SimpleTemplateResponse

from przystan.access import audit, failing
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.addresses import CLOSED, PUBLIC, opens, policy
from przystan.access.assurance import Step, next_step
from przystan.access.audit import request_id
from przystan.access.backends import factors_of
from przystan.access.guard import to_login
from przystan.access.scope import acting
from przystan.access.sessions import Ended
from przystan.drafts.settling import settle
from przystan.team.queries import actor_for, organisation_told

# What is open while something is missing, by the beginning of the name; the first is where one is led.
SETTING_UP = ("mfa_index", "mfa_", "account_reauthenticate", "account_session")
OPEN_DURING: dict[Step, tuple[str, ...]] = {
    Step.PASSWORD: ("account_change_password", "account_session"),
    Step.FACTOR: SETTING_UP,
    Step.PASSKEY: SETTING_UP,
    Step.CONFIRM: ("mfa_reauthenticate_webauthn", "account_session"),
}
Next = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Puts `request.actor` (None for strangers) beside `request.user`.

    Who logs in and out is told to the audit log, and who tried to and could not.
    """

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before, actor = request.user, _actor(request)
        request.actor = actor
        response = self.get_response(request)
        if request.user.pk != before.pk:
            _tell("account.logout", actor, before)
            _tell("account.login", _actor(request), request.user)
        if failed := failing.noted(request):
            _tell(failed[0], _for_whom(failed[1]), failed[1])
        return response


def _actor(request: HttpRequest) -> Actor | None:
    return actor_for(request.user) if request.user.is_authenticated else None


def _for_whom(user: Any) -> Actor | None:
    """The system, for the organisation that is told of a try to log in."""
    told = organisation_told(user)
    return system(told, "") if told else None


def _tell(action: str, actor: Actor | None, user: Any) -> None:
    """Fails closed: a login that cannot be written down is none."""
    if actor:
        with acting(actor):
            audit.record(actor, action, user)


class PolicyMiddleware:
    """Refuses whoever lacks the right that the address asks for. Forbidden looks exactly like missing."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.view_name
        needed = policy().get(name)
        if needed == PUBLIC:
            return None
        if needed is None or needed == CLOSED:
            return _missing()
        if request.user.is_authenticated and request.actor is None:
            return render(request, "access/no_role.html", status=403)
        if request.actor is None:
            return to_login(request, Ended.GONE) if request.method == "POST" else redirect_to_login(request.path)
        request.step = _next_step(request)
        if request.step and not name.startswith(OPEN_DURING[request.step]):
            return _lead(request)
        return None if opens(needed, request.actor) else _missing()


class ScopeMiddleware:
    """Runs the view as its actor: one transaction, in which the database knows who asks. The last of all."""

    def __init__(self, get_response: Next):
        self.get_response = get_response
        # Django asks `process_exception` only about views that it calls itself, and this one is called by us.
        self.on_allauth = AccountMiddleware(get_response).process_exception

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid4().hex)
        try:
            return self.get_response(request)
        finally:
            request_id.reset(token)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if request.actor is None:
            return None
        try:
            with acting(request.actor):
                response = _rendered(view(request, *args, **kwargs))
                settle(request)
                _note_printing(request)
                return response
        except Forbidden as error:
            raise Http404 from error
        except (ImmediateHttpResponse, ReauthenticationRequired) as error:
            return self.on_allauth(request, error)
        except DataError as error:
            if _has_nul(request):
                raise SuspiciousOperation("a NUL character") from error  # answered with 400: PostgreSQL keeps none
            raise


def _rendered(response: HttpResponse) -> HttpResponse:
    """A lazy response asks its questions while it is rendered: now, while the database knows who asks."""
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _note_printing(request: HttpRequest) -> None:
    """A list on paper is many rows at once (`ui.paging`), that leave the centre: the log tells who took which."""
    if "print" in request.GET and request.method == "GET" and request.user.is_authenticated:
        name = request.resolver_match.view_name.replace(":", ".")
        audit.record(request.actor, "page.print", request.user, purpose=name)


def _has_nul(request: HttpRequest) -> bool:
    sent = [request.path, *(value for data in (request.GET, request.POST) for _, row in data.lists() for value in row)]
    return any("\0" in value for value in sent)


def _missing() -> HttpResponse:
    raise Http404


def _next_step(request: HttpRequest) -> Step | None:
    return next_step(
        request.actor.rights,
        set(factors_of(request.user).values()),
        {record.get("type") for record in get_authentication_records(request, request.user)},
        first_password=request.user.must_change_password,
        required=settings.REQUIRE_SECOND_FACTOR,
        passkeys=settings.REQUIRE_PASSKEY,
    )


def _lead(request: HttpRequest) -> HttpResponse:
    """To where the missing step is done."""
    place = resolve_url(OPEN_DURING[request.step][0])
    if request.step is Step.CONFIRM and request.method == "GET":
        return redirect_to_login(request.get_full_path(), place)
    return redirect(place)
