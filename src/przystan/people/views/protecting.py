"""Protecting a person, and their page's sealed part."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access.keys.data import Locked, NoKey
from przystan.access.models import User
from przystan.team.queries import colleagues
from przystan.ui.pages import attempt, only_if, or_404

from .. import actions
from ..models import Person, TeamMember
from ..policies import may_protect
from ..queries import person_seen


def protection(request: HttpRequest, ref: str) -> HttpResponse:
    """What protecting means, and who knows of the person."""
    person = _person(request, ref)
    team = TeamMember.objects.filter(person=person).select_related("user").order_by("id")
    context = {
        "person": person,
        "team": [member for member in team if member.user_id != request.actor.user_id],
        "let_go": sorted({member.user.full_name for member in team if member.user_id != request.actor.user_id}),
        "colleagues": [user for user in colleagues(request.actor) if user.pk != request.actor.user_id],
    }
    return render(request, "people/protection.html", context)


@require_POST
def protect(request: HttpRequest, ref: str) -> HttpResponse:
    """Protect, or (`undo`) take it back."""
    person = _person(request, ref)
    act = actions.unprotect if "undo" in request.POST else actions.protect
    return _by_own_key(request, ref, lambda: act(by=request.actor, person=person))


@require_POST
def name(request: HttpRequest, ref: str) -> HttpResponse:
    """Let a colleague know of the person, or (`undo`) let them go."""
    person = _person(request, ref)
    user = User.objects.filter(ref=request.POST.get("user", "")).first()
    if user is None or not colleagues(request.actor, everybody=True).filter(pk=user.pk).exists():
        raise Http404
    act = actions.drop_protector if "undo" in request.POST else actions.name_protector
    return _by_own_key(request, ref, lambda: act(by=request.actor, person=person, user=user))


def _by_own_key(request: HttpRequest, ref: str, work: Callable[[], object]) -> HttpResponse:
    """Do what takes the actor's own key; without it, lead to where it is set up or unlocked."""
    try:
        attempt(request, work)
    except NoKey:
        messages.error(request, _("Set up your own key first: what is protected is closed with it."))
        return redirect("keys:keys")
    except Locked:
        messages.error(request, _("Unlock your key first."))
        return redirect("keys:unlock")
    return redirect("people:protection", ref=ref)


def _person(request: HttpRequest, ref: str) -> Person:
    person = or_404(person_seen, request.actor, ref)
    only_if(may_protect(request.actor, person))
    return person
