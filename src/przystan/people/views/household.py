"""Choosing another person: to live together with, to be related to. First look, then choose, then say how."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.access.modules import way
from przystan.ui.forms import Form
from przystan.ui.pages import saved

from .. import actions
from ..forms.facts import FindForm, JoinForm, RelationForm
from ..models import Person
from ..policies import sensitive
from ..queries import Candidate, search
from .common import sensitive_or_404


def join(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down who this person lives together with."""
    return _choose(request, ref, JoinForm, actions.live_together, gettext_lazy("Who do they live with?"))


def relate(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down whose parent, partner, guardian this person is."""
    return _choose(request, ref, RelationForm, actions.relate, gettext_lazy("Whose relative is this?"))


def _choose(
    request: HttpRequest, ref: str, shape: type[Form], action: Callable[..., Any], title: str | Promise
) -> HttpResponse:
    person = sensitive_or_404(request, ref)
    find, form = FindForm(request.POST or None), shape(request.POST or None)
    found = _found(request, person, find)
    other = sensitive_or_404(request, request.POST["other"]) if request.POST.get("other") else None
    if other is None:
        form = shape()
    elif saved(form, lambda: action(by=request.actor, person=person, other=other, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(way("person", ref))
    works_with = {one.person.ref for one in found if sensitive(request.actor, one.person).allowed}
    context: dict[str, Any] = {"works_with": works_with}
    context |= {"person": person, "title": title, "find": find, "found": found, "form": form, "other": other}
    return render(request, "people/choose.html", context)


def _found(request: HttpRequest, person: Person, find: FindForm) -> list[Candidate]:
    if not (find.is_bound and find.is_valid()):
        return []
    return search(request.actor, find.cleaned_data["q"], 8, besides=person.pk)
