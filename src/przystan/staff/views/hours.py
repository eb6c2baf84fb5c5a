"""Pages of hours: one's own, somebody's whom one leads, and those that wait for one's word."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.ui.pages import attempt, button, saved
from przystan.ui.paging import paginate

from .. import actions, exports, queries
from ..forms import HourForm
from ..models import Hour, Worker
from ..policies import may_ask, may_note
from .common import led_or_404


def my_hours(request: HttpRequest) -> HttpResponse:
    """One's own month."""
    worker = queries.mine(request.actor)
    if worker is None:
        return render(request, "staff/not_joined.html")
    return render(request, "staff/hours.html", {**_month(request, worker), "mine": True})


def hours_of(request: HttpRequest, ref: str) -> HttpResponse:
    """The month of somebody whom one leads."""
    return render(request, "staff/hours.html", _month(request, led_or_404(request, ref)))


def _month(request: HttpRequest, worker: Worker) -> dict[str, Any]:
    month = month_in(request)
    rows = list(queries.month_of(request.actor, worker, month))
    return {
        "worker": worker,
        "month": month,
        "before": month - timedelta(days=1),
        "after": (month + timedelta(days=31)).replace(day=1),
        "rows": rows,
        "asks": {row.pk for row in rows if may_ask(request.actor, row)},
        "total": queries.total_of(rows),
        "can_note": may_note(request.actor, worker),
    }


def month_in(request: HttpRequest) -> date:
    """The first day of the month of `?month=2026-11`; of this one where that is no month."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


def note(request: HttpRequest) -> HttpResponse:
    """One more entry of one's own."""
    worker = queries.mine(request.actor)
    return render(request, "staff/not_joined.html") if worker is None else _note(request, worker, "staff:my_hours")


def note_for(request: HttpRequest, ref: str) -> HttpResponse:
    """One more entry of somebody whom one leads, who confirms it."""
    return _note(request, led_or_404(request, ref), "staff:hours_of", ref)


def _note(request: HttpRequest, worker: Worker, back: str, *words: str) -> HttpResponse:
    form = HourForm(request.POST or None, actor=request.actor)

    def save() -> None:
        token = form.cleaned_data.pop("form_token")
        spent = actions.Spent(**form.cleaned_data)
        actions.note_hour(by=request.actor, worker=worker, spent=spent, form_token=token)

    if saved(form, save):
        messages.success(request, _("The time is noted."))
        return redirect(back, *words)
    context = {"form": form, "worker": worker, "back": back, "words": words, "mine": back == "staff:my_hours"}
    return render(request, "staff/note.html", context)


@require_POST
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    """A counter-entry."""
    hour = get_object_or_404(Hour.objects.seen_by(request.actor).select_related("worker"), ref=ref)
    done = _("It is taken back by a counter-entry.")
    attempt(request, lambda: actions.take_back_hour(by=request.actor, hour=hour), done)
    own = hour.worker.user_id == request.actor.user_id
    return redirect("staff:my_hours") if own else redirect("staff:hours_of", hour.worker.ref)


def to_confirm(request: HttpRequest) -> HttpResponse:
    """What waits for one's word."""
    return render(request, "staff/to_confirm.html", {"page": paginate(request, queries.to_confirm(request.actor))})


@button("staff:to_confirm", done=gettext_lazy("Confirmed."))
def confirm(request: HttpRequest, ref: str) -> None:
    """It was so."""
    hour = get_object_or_404(Hour.objects.seen_by(request.actor), ref=ref)
    actions.confirm_hour(by=request.actor, hour=hour)


def file(request: HttpRequest) -> HttpResponseBase:
    """One's own month as a file: `?month=2026-11&as=xlsx`."""
    worker = queries.mine(request.actor)
    if worker is None:
        return render(request, "staff/not_joined.html")
    return _file(request, worker)


def file_of(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The month of somebody whom one leads as a file."""
    return _file(request, led_or_404(request, ref))


def _file(request: HttpRequest, worker: Worker) -> HttpResponseBase:
    month, kind = month_in(request), "csv" if request.GET.get("as") == "csv" else "xlsx"
    rows = list(queries.month_of(request.actor, worker, month))
    content = exports.csv_file(worker, rows) if kind == "csv" else exports.xlsx(worker, rows)
    name = f"hours-{month:%Y-%m}.{kind}"
    return FileResponse(content, as_attachment=True, filename=name, content_type=exports.TYPES[kind])
