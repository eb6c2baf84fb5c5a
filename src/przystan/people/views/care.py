"""Who works with a person: beginning to, and the page of who leads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.access.models import User
from przystan.access.modules import way
from przystan.team.queries import colleagues
from przystan.ui.pages import button, only_if, saved

from .. import actions
from ..forms.care import ExcludeForm, JoinTeamForm, NameForm
from ..models import Person
from ..policies import may_lead
from ..queries import care
from .common import person_or_404


@require_POST
def join(request: HttpRequest, ref: str) -> HttpResponse:
    """I work with this person now."""
    person, form = person_or_404(request, ref), JoinTeamForm(request.POST)
    if form.is_valid():
        actions.join(by=request.actor, person=person, reason=form.cleaned_data["reason"])
        messages.success(request, _("You work with this person for the next seven days."))
    else:
        messages.error(request, _("Choose why you work with this person."))
    return redirect(way("person", ref))


def access(request: HttpRequest, ref: str) -> HttpResponse:
    """Who sees this person, who must not, and who looked."""
    person = _led(request, ref)
    what = request.POST.get("what", "")
    name = NameForm(request.POST if what == "name" else None, actor=request.actor, person=person)
    exclude = ExcludeForm(request.POST if what == "exclude" else None, actor=request.actor, person=person)
    if saved(name, lambda: actions.name(by=request.actor, person=person, **name.cleaned_data)) or saved(
        exclude, lambda: actions.exclude(by=request.actor, person=person, **exclude.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("people:access", ref=ref)
    context = {
        "person": person,
        "team": care.team_of(request.actor, person),
        "excluded": care.excluded_of(request.actor, person),
        "looks": care.looks_at(request.actor, person),
        "name": name,
        "exclude": exclude,
    }
    return render(request, "people/access.html", context)


@button("people:access", "ref", done=gettext_lazy("They no longer work with this person."))
def end(request: HttpRequest, ref: str, user: str) -> None:
    """Let a colleague go from the team."""
    actions.let_go(by=request.actor, person=_led(request, ref), user=_colleague(request, user))


@button("people:access", "ref", done=gettext_lazy("They are no longer on the list."))
def readmit(request: HttpRequest, ref: str, user: str) -> None:
    """Take a colleague off the list of those who must not see the person."""
    actions.readmit(by=request.actor, person=_led(request, ref), user=_colleague(request, user))


def _colleague(request: HttpRequest, ref: str) -> User:
    return get_object_or_404(colleagues(request.actor, everybody=True), ref=ref)


def _led(request: HttpRequest, ref: str) -> Person:
    person = person_or_404(request, ref)
    only_if(may_lead(request.actor, person))
    return person
