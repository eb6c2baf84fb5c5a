"""Agreements, trainings, checks, and what of them runs out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.ui.forms import Form
from przystan.ui.pages import only_if, saved

from .. import actions, queries
from ..enums import Family, Result
from ..forms import AgreementForm, EndForm, ProofForm
from ..models import Agreement, Proof, Worker
from ..parts import note_read
from .common import led_or_404


def add_agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """By what somebody works here."""
    worker, form = led_or_404(request, ref), AgreementForm(request.POST or None)
    if saved(form, lambda: actions.add_agreement(by=request.actor, worker=worker, **form.cleaned_data)):
        return _written(request, worker)
    return _page(request, form, worker, _("Add an agreement"))


def add_proof(request: HttpRequest, ref: str, family: str) -> HttpResponse:
    """A training that was attended, or what came of a check."""
    only_if(family in Family)
    worker, form = led_or_404(request, ref), ProofForm(request.POST or None, family=Family(family))

    def save() -> None:
        result = Result(form.cleaned_data.pop("result", Result.CLEAR))
        actions.add_proof(by=request.actor, worker=worker, result=result, **form.cleaned_data)

    if saved(form, save):
        return _written(request, worker)
    title = _("Add a check") if family == Family.CHECK else _("Add a training")
    return _page(request, form, worker, title)


def end_agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """Its last day."""
    found = _paper_or_404(request, Agreement, ref)
    form = EndForm(request.POST or None)
    if saved(form, lambda: actions.end_agreement(by=request.actor, agreement=found, **form.cleaned_data)):
        return _written(request, found.worker)
    return _page(request, form, found.worker, _("End an agreement"))


@require_POST
def strike_agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """It was a mistake."""
    found = _paper_or_404(request, Agreement, ref)
    actions.strike_agreement(by=request.actor, agreement=found)
    return _written(request, found.worker)


@require_POST
def strike_proof(request: HttpRequest, ref: str) -> HttpResponse:
    """It was a mistake."""
    found = _paper_or_404(request, Proof, ref)
    actions.strike_proof(by=request.actor, proof=found)
    return _written(request, found.worker)


def due(request: HttpRequest) -> HttpResponse:
    """What is missing, or runs out in the next 60 days."""
    rows = queries.due(request.actor, timezone.localdate())
    note_read(request.actor, rows)
    return render(request, "staff/due.html", {"rows": rows, "today": timezone.localdate()})


def _paper_or_404(request: HttpRequest, model: type[Any], ref: str) -> Any:
    paper = get_object_or_404(model.objects.seen_by(request.actor).standing().select_related("worker"), ref=ref)
    only_if(queries.leads(request.actor, paper.worker))
    return paper


def _written(request: HttpRequest, worker: Worker) -> HttpResponse:
    messages.success(request, _("It is written down."))
    return redirect("staff:worker", ref=worker.ref)


def _page(request: HttpRequest, form: Form, worker: Worker, title: str) -> HttpResponse:
    return render(request, "staff/form.html", {"form": form, "worker": worker, "title": title})
