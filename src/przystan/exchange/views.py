"""An import step by step: file, columns, rows, result."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.access import audit
from przystan.access.workers import anybody_works
from przystan.errands.answering import answer, done
from przystan.ui.pages import attempt, button, saved
from przystan.ui.paging import paginate

from . import actions, tasks
from .actions.adding import would_add
from .actions.checking import KINDS
from .actions.reading import sheet_names
from .by_errand import DECIDE, GIVE_UP, REST
from .enums import AT_WORK, MATCHABLE, BatchState, ImportKind
from .forms import AttendanceForm, ColumnsForm, FileForm, RunForm, ValuesForm
from .models import ImportBatch
from .queries.preview import rows_of, same_file, samples, shown, unknown_values
from .queries.words import Meanings
from .rules.notes import EMPTY_ROWS, about
from .rules.unknown import SHOWN
from .wording import list_word, notes, would_do

PART = 1024 * 1024  # bytes of a file that are stored at once
ROW = re.compile(r"row-([0-9]{1,9}(?:\.[0-9]{1,4})?)")  # fields that decide on a row, by its label
NEW = {
    "supports": gettext_lazy("anonymous"),
    "attendance": gettext_lazy("anonymous"),
    "institutions": gettext_lazy("new institution"),
}


def imports(request: HttpRequest) -> HttpResponse:
    """Imports until now, and the form for the next."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        batch = actions.take(
            by=request.actor, kind=form.cleaned_data["kind"], filename=file.name, contents=file.chunks(PART)
        )
        _later(tasks.read, batch.ref)
        return redirect("exchange:batch", ref=batch.ref)
    rows = ImportBatch.objects.seen_by(request.actor).select_related("by")
    return render(request, "exchange/imports.html", {"form": form, "page": paginate(request, rows, size=20)})


def columns(request: HttpRequest, ref: str) -> HttpResponse:
    """Which column is what, beside values from the file."""
    batch = _read(request, ref)
    if batch.state not in MATCHABLE:
        return redirect("exchange:batch", ref=ref)
    form = _columns_form(request, batch)
    if saved(
        form,
        lambda: actions.match_columns(
            by=request.actor, batch=batch, mapping=form.mapping(), ages=form.ages(), sheet=form.sheet()
        ),
    ):
        _later(tasks.check, ref)
        return redirect("exchange:batch", ref=ref)
    context = {
        "batch": batch,
        "form": form,
        "fields": list(zip(form.columns(), samples(batch), strict=True)),
        "sheets": sheet_names(batch),
        "notes": notes(batch.notes),
        "empty_rows": next(map(int, about(batch.notes, EMPTY_ROWS)), 0),
        "earlier": same_file(request.actor, batch),
    }
    return render(request, "exchange/columns.html", context)


def _columns_form(request: HttpRequest, batch: ImportBatch) -> ColumnsForm:
    if batch.kind == ImportKind.ATTENDANCE:
        return AttendanceForm(request.POST or None, batch=batch, meanings=Meanings(request.actor))
    return ColumnsForm(request.POST or None, batch=batch)


def values(request: HttpRequest, ref: str) -> HttpResponse:
    """What values mean that are like nothing in our lists, once for the file."""
    batch = _read(request, ref)
    if batch.state != BatchState.CHECKED:
        return redirect("exchange:batch", ref=ref)
    unknown = unknown_values(batch)[:SHOWN]
    form = ValuesForm(request.POST or None, meanings=Meanings(request.actor), values=unknown)
    if saved(form, lambda: actions.say_meanings(by=request.actor, batch=batch, meanings=form.said())):
        _later(tasks.check, ref)
        return redirect("exchange:batch", ref=ref)
    fields = [(form[f"value{place}"], list_word(one.field), count) for place, (one, count) in enumerate(unknown)]
    return render(request, "exchange/values.html", {"batch": batch, "form": form, "fields": fields})


@button("exchange:batch", "ref")
def sheet(request: HttpRequest, ref: str) -> None:
    """Read another sheet of the file, or the same once more."""
    actions.read_again(by=request.actor, batch=_batch(request, ref), sheet=request.POST.get("sheet", ""))
    _later(tasks.read, ref)


def batch(request: HttpRequest, ref: str) -> HttpResponse:
    """Where an import stands: progress, rows with their problems, what would happen, what happened."""
    found = _batch(request, ref)
    if found.state == BatchState.COLUMNS:
        return redirect("exchange:columns", ref=ref)
    if found.state in AT_WORK or found.state == BatchState.UNREADABLE:
        return render(request, "exchange/waiting.html", _waiting(found))
    audit.read(request.actor, found, ["rows"])
    kind = request.GET.get("rows", "")
    page = paginate(request, rows_of(found, kind), size=50)
    context = {
        "batch": found,
        "page": page,
        "notes": notes(found.notes),
        "rows": shown(request.actor, found, page.items, would_add(request.actor, found, page.items)),
        "counts": found.counts,
        "unknown": len(unknown_values(found)) if found.counts.get("bad") and found.state == BatchState.CHECKED else 0,
        "tabs": _tabs(found, kind),
        "would_do": would_do(found.kind, found.counts, done=found.state == BatchState.DONE),
        "form": RunForm(initial={"choice": found.choice, "complete": True, "families": True}, batch=found),
    }
    return render(request, "exchange/batch.html", context)


def progress(request: HttpRequest, ref: str) -> HttpResponse:
    """The bar alone, asked again and again; a finished job asks for the page."""
    found = _batch(request, ref)
    if found.state in AT_WORK:
        return render(request, "exchange/_progress.html", _waiting(found))
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_POST
def decisions(request: HttpRequest, ref: str) -> HttpResponse:
    """What happens with the rows of one page, or with all that ask who is meant (`all`)."""
    found, query = _batch(request, ref), request.GET.urlencode()
    asked = {"batch": ref, "rows": _chosen(request), "all": request.POST.get("all", ""), "query": query}
    return done(request, DECIDE.code, asked, about=found.filename)


@require_POST
def run(request: HttpRequest, ref: str) -> HttpResponse:
    """Import, by what was decided on this page too, kept before or not."""
    found = _batch(request, ref)
    form = RunForm(request.POST, batch=found)
    if (
        form.is_valid()
        and _decided(request, found)
        and attempt(request, lambda: actions.start(by=request.actor, batch=found, **form.cleaned_data))
    ):
        _later(tasks.run, ref)
    return redirect("exchange:batch", ref=ref)


@button("exchange:batch", "ref")
def undo(request: HttpRequest, ref: str) -> None:
    """Take the whole import back."""
    actions.start_undo(by=request.actor, batch=_batch(request, ref))
    _later(tasks.undo, ref)


@require_POST
def give_up(request: HttpRequest, ref: str) -> HttpResponse:
    """Forget a file that was not imported."""
    return done(request, GIVE_UP.code, {"batch": ref}, about=_batch(request, ref).filename)


@require_POST
def rest(request: HttpRequest, ref: str) -> HttpResponse:
    """The rows that could not be imported, as XLSX."""
    found = _batch(request, ref)
    return answer(request, REST.code, {"batch": ref}, about=found.filename)


def _later(task: Any, ref: str) -> None:
    """Let a job have the batch; one import is in the hands of one job."""
    task.configure(lock=f"import-{ref}").defer(ref=ref)


def _waiting(found: ImportBatch) -> dict[str, object]:
    """What is shown of a batch while a job has it, or could not read it."""
    at_work = found.state in AT_WORK
    return {"batch": found, "at_work": at_work, "nobody_works": at_work and not anybody_works()}


def _read(request: HttpRequest, ref: str) -> ImportBatch:
    """The batch whose rows are shown: that they were is written down."""
    found = _batch(request, ref)
    audit.read(request.actor, found, ["rows"])
    return found


def _batch(request: HttpRequest, ref: str) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.seen_by(request.actor).select_related("by"), ref=ref)


def _decided(request: HttpRequest, found: ImportBatch) -> bool:
    """Keep what was chosen for the rows that the page showed; False when that was refused."""
    return attempt(request, lambda: actions.decide(by=request.actor, batch=found, decisions=_chosen(request)))


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Label of a row -> what happens with it."""
    return {row[1]: str(value) for name, value in request.POST.items() if (row := ROW.fullmatch(name))}


def _tabs(found: ImportBatch, now: str) -> list[dict[str, object]]:
    """Row filters with their numbers, those with nothing in them left out. Of an undone import no reason is kept."""
    kinds = () if found.state == BatchState.UNDONE else KINDS
    numbers = dict.fromkeys(KINDS, 0) | {kind: found.counts.get(kind, 0) for kind in kinds}
    numbers[""] = sum(found.counts.get(kind, 0) for kind in KINDS) or found.rows_total
    numbers["noted"] = found.counts.get("noted", 0) if found.state == BatchState.CHECKED else 0
    numbers["alike"] = rows_of(found, "alike").count()
    words = {
        "": _("all"),
        "open": _("who is it?"),
        "bad": _("cannot be imported"),
        "alike": _("may be known"),
        "noted": _("with a remark"),
        "new": NEW.get(found.kind, _("new")),
        "same": _("in the register already") if found.kind == ImportKind.INSTITUTIONS else _("known"),
        "skip": _("left out"),
    }
    return [
        {"url": f"?rows={kind}" if kind else "?", "word": words[kind], "count": numbers[kind], "active": kind == now}
        for kind in words
        if numbers[kind] or kind == now
    ]
