"""Deciding on rows of an import, forgetting its file, taking out what is left: more than somebody may wait for."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.errands.runners import Result, Runner, Tell, Values
from przystan.people.rights import IMPORT

from . import actions
from .exports import bad_rows
from .models import ImportBatch
from .queries.preview import rows_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _decide(by: Actor, asked: Values, tell: Tell) -> Result:
    batch = ImportBatch.objects.seen_by(by).get(ref=asked["batch"])

    def progress(done: int) -> None:
        tell(done, rows_of(batch, "open").count)

    actions.decide(by=by, batch=batch, decisions=asked["rows"])
    if asked["all"]:
        actions.decide_open(by=by, batch=batch, choice=asked["all"], progress=progress)
    return Result.of({})


def _give_up(by: Actor, asked: Values, tell: Tell) -> Result:
    if batch := ImportBatch.objects.seen_by(by).filter(ref=asked["batch"]).first():
        actions.give_up(by=by, batch=batch)
    return Result.of({})


def _rest(by: Actor, asked: Values, tell: Tell) -> Result:
    batch = ImportBatch.objects.seen_by(by).get(ref=asked["batch"])
    audit.read(by, batch, ["rows"])
    content = bad_rows(batch, lambda rows: tell(rows, rows_of(batch, "left").count))
    return Result(content, f"rows-{batch.ref}.xlsx", XLSX)


def _batch(asked: Values) -> str:
    return reverse("exchange:batch", args=[asked["batch"]])


def _rows(asked: Values) -> str:
    """The page of rows that somebody decided on."""
    return f"{_batch(asked)}?{asked['query']}" if asked["query"] else _batch(asked)


def _imports(asked: Values) -> str:
    return reverse("exchange:imports")


DECIDE = Runner(
    code="exchange.decide",
    title=_("Deciding on rows of a file"),
    rights=(IMPORT,),
    run=_decide,
    back=_rows,
    page=lambda asked, ref: _rows(asked),
)
GIVE_UP = Runner(
    code="exchange.give_up",
    title=_("Forgetting a file"),
    rights=(IMPORT,),
    run=_give_up,
    back=_imports,
    page=lambda asked, ref: _imports(asked),
)
REST = Runner(
    code="exchange.rest",
    title=_("Rows that were not imported"),
    rights=(IMPORT,),
    run=_rest,
    back=_batch,
)
