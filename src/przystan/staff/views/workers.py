"""The list of who works here, one of them, and what is written about them by hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.access import audit
from przystan.ui.pages import only_if, saved
from przystan.ui.paging import paginate

from .. import actions, queries
from ..enums import Family
from ..forms import ROWS, AccountForm, WorkerForm
from ..forms.workers import ToldForm
from ..models import Agreement, Proof, Worker
from ..rights import STAFF_WRITE
from ..wording import TONES, VERDICTS
from .common import led_or_404, worker_or_404

TITLES = {
    "languages": gettext_lazy("Languages"),
    "availability": gettext_lazy("When they can be asked"),
    "countries": gettext_lazy("Countries"),
}
SAVE = {
    "languages": actions.save_languages,
    "availability": actions.save_availability,
    "countries": actions.save_countries,
}


def index(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, with what they work by and whether they may do what they do."""
    today = timezone.localdate()
    rows = queries.workers(request.actor).prefetch_related(queries.agreements_on(request.actor, today))
    page = paginate(request, rows)
    told = queries.answers(request.actor, page.items, today)
    lines = [{"worker": worker, **_verdict(told[worker.pk][worker.with_minors])} for worker in page.items]
    return render(request, "staff/index.html", {"page": page, "lines": lines})


def _verdict(found: queries.Assignment) -> dict[str, Any]:
    verdict = found.decision.verdict
    return {"verdict": VERDICTS[verdict], "tone": TONES[verdict], "reasons": found.reasons}


def add(request: HttpRequest) -> HttpResponse:
    """Somebody new."""
    return _edit(request, Worker(organisation_id=request.actor.organisation_id))


def change(request: HttpRequest, ref: str) -> HttpResponse:
    """Name, point, and how to reach them."""
    return _edit(request, led_or_404(request, ref))


def _edit(request: HttpRequest, worker: Worker) -> HttpResponse:
    is_new = worker.pk is None
    form = WorkerForm(request.POST or None, instance=worker, actor=request.actor)

    def save() -> None:
        actions.save_worker(by=request.actor, worker=form.save(commit=False), changed=form.changed_data)

    if saved(form, save):
        messages.success(request, _("It is written down."))
        return redirect("staff:worker", ref=worker.ref)
    return render(request, "staff/edit.html", {"form": form, "is_new": is_new, "worker": worker})


def worker(request: HttpRequest, ref: str) -> HttpResponse:
    """One who works here: what they may do and until when; for who leads them, by what."""
    found = worker_or_404(request, ref)
    return render(request, "staff/worker.html", {"worker": found, **_papers(request, found)})


def mine(request: HttpRequest) -> HttpResponse:
    """What is written down about oneself."""
    found = queries.mine(request.actor)
    only_if(found)
    assert found
    return render(request, "staff/worker.html", {"worker": found, "mine": True, **_papers(request, found)})


def _papers(request: HttpRequest, worker: Worker) -> dict[str, Any]:
    """Two answers of the gate; agreements and proofs for who may read them, which is noted."""
    actor, today = request.actor, timezone.localdate()
    told = queries.answers(actor, [worker], today)[worker.pk]
    answers = [{"minors": minors, "holds": found.holds, **_verdict(found)} for minors, found in told.items()]
    leads = queries.leads(actor, worker)
    context: dict[str, Any] = {"answers": answers, "can_write": leads and actor.can(STAFF_WRITE), "reads": leads}
    if leads or (worker.user_id is not None and worker.user_id == actor.user_id):
        agreements = Agreement.objects.seen_by(actor).filter(worker=worker).select_related("kind")
        proofs = list(Proof.objects.seen_by(actor).filter(worker=worker).select_related("kind"))
        audit.read(actor, worker, ["agreements", "proofs", "countries"])
        context |= {
            "reads": True,
            "today": today,
            "agreements": agreements,
            "checks": [proof for proof in proofs if proof.kind.family == Family.CHECK],
            "trainings": [proof for proof in proofs if proof.kind.family == Family.TRAINING],
        }
    return context


def account(request: HttpRequest, ref: str) -> HttpResponse:
    """Whose account is theirs."""
    found = led_or_404(request, ref)
    form = AccountForm(request.POST or None, actor=request.actor, worker=found)
    if saved(form, lambda: actions.join_account(by=request.actor, worker=found, user=form.cleaned_data["user"])):
        return redirect("staff:worker", ref=ref)
    return render(request, "staff/account.html", {"form": form, "worker": found})


def rows(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """All languages, times or countries of one worker, written anew together."""
    only_if(kind in ROWS)
    found = led_or_404(request, ref)
    formset_class = formset_factory(ROWS[kind], extra=1, can_delete=True)
    formset = formset_class(request.POST or None, initial=_initial(found, kind), prefix="rows")
    beside = ToldForm(request.POST or None, initial={"told_on": found.told_on}) if kind == "countries" else None
    if request.method == "POST" and formset.is_valid() and (beside is None or beside.is_valid()):
        kept = [row for row in formset.cleaned_data if row and not row.pop("DELETE", False)]
        more = beside.cleaned_data if beside else {}
        try:
            SAVE[kind](by=request.actor, worker=found, rows=kept, **more)  # type: ignore[operator]
        except ValidationError as error:
            formset._non_form_errors = formset.error_class(error.messages)
        else:
            messages.success(request, _("It is written down."))
            return redirect("staff:worker", ref=ref)
    elif kind == "countries":
        audit.read(request.actor, found, ["countries"])
    context = {"worker": found, "formset": formset, "beside": beside, "title": TITLES[kind]}
    return render(request, "staff/rows.html", context)


def _initial(worker: Worker, kind: str) -> list[dict[str, Any]]:
    fields = list(ROWS[kind].base_fields)
    return list(getattr(worker, kind).order_by("pk").values(*fields))
