"""Add, change, end and take away one fact of a person: the same four pages for every kind."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import actions
from ..forms.facts import EndForm, IdentityForm
from ..models import Person
from ..queries import fact_key, fact_of
from .common import person_or_404, refuse
from .kinds import KINDS, Kind, describe


def add(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """A new fact."""
    person, found = person_or_404(request, ref), _kind(kind)
    fact = found.model(person=person)
    return _edit(request, person, found, fact, is_new=True)


def change(request: HttpRequest, ref: str, kind: str, key: str) -> HttpResponse:
    """A fact that was written down wrongly, or of which more is known now."""
    person, found = person_or_404(request, ref), _kind(kind)
    if not found.changeable:
        raise Http404
    return _edit(request, person, found, _fact(person, found, key), is_new=False)


def end(request: HttpRequest, ref: str, kind: str, key: str) -> HttpResponse:
    """What was true, and is over."""
    person, found = person_or_404(request, ref), _kind(kind)
    if found.end is None:
        raise Http404
    fact = _fact(person, found, key)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found.end(by=request.actor, fact=fact, day=form.cleaned_data["day"])
        except ValidationError as error:
            refuse(form, error)
        else:
            return _done(request, person, _("Saved."))
    context = {"person": person, "kind": found, "form": form, "words": describe(fact)}
    return render(request, "people/fact_end.html", context)


def remove(request: HttpRequest, ref: str, kind: str, key: str) -> HttpResponse:
    """What was written down by mistake."""
    person, found = person_or_404(request, ref), _kind(kind)
    if found.remove is None:
        raise Http404
    fact = _fact(person, found, key)
    problem = ""
    if request.method == "POST":
        try:
            found.remove(by=request.actor, fact=fact)
        except ValidationError as error:
            problem = error.messages[0]
        else:
            return _done(request, person, _("Taken away."))
    context = {"person": person, "kind": found, "words": describe(fact), "problem": problem}
    return render(request, "people/fact_remove.html", context)


def identity(request: HttpRequest, ref: str) -> HttpResponse:
    """Birth, sex, arrival, point, the centre's own reference."""
    person = person_or_404(request, ref)
    form = IdentityForm(request.POST or None, instance=person, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_identity(by=request.actor, person=form.save(commit=False), fields=form.changed_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            return _done(request, person, _("Saved."))
    return render(request, "people/identity.html", {"person": person, "form": form})


def _edit(request: HttpRequest, person: Person, kind: Kind, fact: Any, *, is_new: bool) -> HttpResponse:
    form = kind.form(request.POST or None, instance=fact, actor=request.actor)
    if request.method == "POST" and form.is_valid() and kind.keep:
        try:
            kind.keep(by=request.actor, fact=form.save(commit=False), fields=form.changed_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            return _done(request, person, _("Saved."))
    context = {"person": person, "kind": kind, "form": form, "is_new": is_new, "key": "" if is_new else fact_key(fact)}
    return render(request, "people/fact.html", context)


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _fact(person: Person, kind: Kind, key: str) -> Model:
    try:
        return fact_of(person, kind.model, key)
    except kind.model.DoesNotExist:  # type: ignore[attr-defined]
        raise Http404 from None


def _done(request: HttpRequest, person: Person, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("desk:person", ref=person.ref)
