"""Add, change, end and take away one fact of a person: the same four pages for every kind."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.modules import way
from przystan.access.tiers import Tier, tiers_of
from przystan.ui.forms import Form
from przystan.ui.pages import only_if, or_404, saved

from .. import actions
from ..forms.facts import EndForm, FactForm, IdentityForm
from ..models import Person
from ..policies import open_fields, tier_of
from ..queries import fact_key, fact_of
from .common import person_or_404, sensitive_or_404
from .kinds import KINDS, FactKind, describe


def add(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """A new fact."""
    person, found = _begin(request, ref, kind)
    fact = found.model(person=person)
    return _edit(request, person, found, fact, is_new=True)


def change(request: HttpRequest, ref: str, kind: str, key: str) -> HttpResponse:
    """A fact that was written down wrongly, or of which more is known now."""
    person, found = _begin(request, ref, kind)
    only_if(found.changeable)
    return _edit(request, person, found, _fact(request.actor, person, found, key), is_new=False)


def end(request: HttpRequest, ref: str, kind: str, key: str) -> HttpResponse:
    """What was true, and is over."""
    person, found = _begin(request, ref, kind)
    finish = found.end
    if finish is None:
        raise Http404
    fact = _fact(request.actor, person, found, key)
    form = EndForm(request.POST or None)
    if saved(form, lambda: finish(by=request.actor, fact=fact, day=form.cleaned_data["day"])):
        return _done(request, person, _("Saved."))
    _noted(request.actor, person, fact)
    context = {"person": person, "kind": found, "form": form, "words": describe(fact)}
    context["follows"] = found.follows(person, fact)
    return render(request, "people/fact_end.html", context)


def remove(request: HttpRequest, ref: str, kind: str, key: str) -> HttpResponse:
    """What was written down by mistake."""
    person, found = _begin(request, ref, kind)
    take_away = found.remove
    if take_away is None:
        raise Http404
    fact = _fact(request.actor, person, found, key)
    form = Form(request.POST if request.method == "POST" else None)
    if saved(form, lambda: take_away(by=request.actor, fact=fact)):
        return _done(request, person, _("Taken away."))
    _noted(request.actor, person, fact)
    context = {"person": person, "kind": found, "words": describe(fact), "form": form}
    context["follows"] = found.follows(person, fact)
    return render(request, "people/fact_remove.html", context)


def identity(request: HttpRequest, ref: str) -> HttpResponse:
    """Birth, sex, arrival, point, the centre's own reference."""
    person = person_or_404(request, ref)
    form = IdentityForm(request.POST or None, instance=person, actor=request.actor)
    if saved(
        form,
        lambda: actions.change_identity(by=request.actor, person=form.save(commit=False), fields=form.changed_data),
    ):
        return _done(request, person, _("Saved."))
    return render(request, "people/identity.html", {"person": person, "form": form})


def _edit(request: HttpRequest, person: Person, kind: FactKind, fact: Any, *, is_new: bool) -> HttpResponse:
    form = kind.form(request.POST or None, instance=fact, actor=request.actor)
    _narrow(request.actor, person, fact, form)
    keep = kind.keep
    if keep and saved(form, lambda: keep(by=request.actor, fact=form.save(commit=False), fields=form.changed_data)):
        return _done(request, person, _("Saved."))
    context = {"person": person, "kind": kind, "form": form, "is_new": is_new, "key": "" if is_new else fact_key(fact)}
    return render(request, "people/fact.html", context)


def _begin(request: HttpRequest, ref: str, slug: str) -> tuple[Person, FactKind]:
    """The person and the kind; not found when such a fact is too sensitive for the actor, there or not."""
    kind = _kind(slug)
    sensitive = tier_of(kind.model) >= Tier.T2
    return (sensitive_or_404 if sensitive else person_or_404)(request, ref), kind


def _narrow(actor: Actor, person: Person, fact: Model, form: FactForm) -> None:
    """Leave out of the form what the actor may not read; note what else is sensitive in it."""
    names = open_fields(actor, person, type(fact))
    for name in set(form.fields) - names:
        del form.fields[name]
    if fact.pk:
        _noted(actor, person, fact)


def _noted(actor: Actor, person: Person, fact: Model) -> None:
    names = open_fields(actor, person, type(fact))
    tiers = tiers_of(type(fact).Privacy)
    if told := [name for name in names if tiers[name] >= Tier.T2]:
        audit.read(actor, person, told)


def _kind(slug: str) -> FactKind:
    only_if(slug in KINDS)
    return KINDS[slug]


def _fact(actor: Actor, person: Person, kind: FactKind, key: str) -> Model:
    return or_404(fact_of, actor, person, kind.model, key)


def _done(request: HttpRequest, person: Person, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(way("person", person.ref))
