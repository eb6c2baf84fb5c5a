"""Add, change, end and take away what hangs on an institution."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from przystan.ui.forms import Form
from przystan.ui.pages import only_if, saved

from .. import actions
from ..forms.parts import EndForm
from ..models import Institution
from .common import institution_or_404
from .kinds import KINDS, PartKind, describe


def add(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    one, found = _begin(request, ref, kind)
    return _edit(request, one, found, found.model(institution=one), is_new=True)


def change(request: HttpRequest, ref: str, kind: str, pk: int) -> HttpResponse:
    one, found = _begin(request, ref, kind)
    return _edit(request, one, found, _row(one, found, pk), is_new=False)


def end(request: HttpRequest, ref: str, kind: str, pk: int) -> HttpResponse:
    """Who has left, or what is no longer agreed."""
    one, found = _begin(request, ref, kind)
    only_if(found.ends)
    row = _row(one, found, pk)
    form = EndForm(request.POST or None)
    if saved(form, lambda: actions.end(by=request.actor, row=row, day=form.cleaned_data["day"])):
        return _done(request, one, _("Saved."))
    context = {"one": one, "kind": found, "form": form, "words": describe(row)}
    return render(request, "institutions/part_end.html", context)


def remove(request: HttpRequest, ref: str, kind: str, pk: int) -> HttpResponse:
    """What was written down by mistake."""
    one, found = _begin(request, ref, kind)
    row = _row(one, found, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if saved(form, lambda: actions.remove(by=request.actor, row=row)):
        return _done(request, one, _("Taken away."))
    context = {"one": one, "kind": found, "words": describe(row), "form": form}
    return render(request, "institutions/part_remove.html", context)


def _edit(request: HttpRequest, one: Institution, kind: PartKind, row: Any, *, is_new: bool) -> HttpResponse:
    form = kind.form(request.POST or None, instance=row)
    if saved(form, lambda: actions.keep(by=request.actor, row=form.save(commit=False))):
        return _done(request, one, _("Saved."))
    context = {"one": one, "kind": kind, "form": form, "is_new": is_new, "pk": row.pk}
    return render(request, "institutions/part.html", context)


def _begin(request: HttpRequest, ref: str, slug: str) -> tuple[Institution, PartKind]:
    only_if(slug in KINDS)
    return institution_or_404(request, ref), KINDS[slug]


def _row(one: Institution, kind: PartKind, pk: int) -> Any:
    row: Any = get_object_or_404(kind.model, institution=one, pk=pk)
    row.institution = one
    return row


def _done(request: HttpRequest, one: Institution, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("institutions:institution", ref=one.ref)
