"""The long parts of an import, as jobs: reading the file, checking the rows, writing them, taking them back."""

import logging
from collections.abc import Callable, Set
from functools import partial

from django.core.exceptions import ValidationError
from django.utils import translation
from procrastinate.contrib.django import app

from przystan.access.actors import Actor
from przystan.access.jobs import aside, working
from przystan.access.scope import acting
from przystan.team.queries import actor_for

from . import actions
from .enums import UNREAD, BatchState
from .models import ImportBatch
from .reading import GivenUp, Unreadable
from .refusals import noted_refusal
from .wording import noted

log = logging.getLogger(__name__)
Progress = Callable[[int], None]
Work = Callable[[Actor, ImportBatch, Progress], None]


@app.task(name="exchange.read")
def read(ref: str) -> None:
    """Read the file of a batch in state UPLOADED; one in READING was begun by a worker that died."""
    _work("exchange.read", ref, UNREAD, _read, BatchState.UNREADABLE)


@app.task(name="exchange.check")
def check(ref: str) -> None:
    """Check the rows of a batch in state CHECKING."""
    _work("exchange.check", ref, {BatchState.CHECKING}, _acting(actions.check), BatchState.FAILED)


@app.task(name="exchange.run")
def run(ref: str) -> None:
    """Write the rows of a batch in state RUNNING."""
    _work("exchange.run", ref, {BatchState.RUNNING}, _acting(actions.run), BatchState.FAILED)


@app.task(name="exchange.undo")
def undo(ref: str) -> None:
    """Take back what a batch in state UNDOING made."""
    _work("exchange.undo", ref, {BatchState.UNDOING}, _undo, BatchState.DONE)


@app.periodic(cron="27 3 * * *")
@app.task(name="exchange.throw_away")
def throw_away(timestamp: int) -> None:
    """Each night: files that nobody imported go."""
    with working("exchange.throw_away"):
        actions.throw_away_files()


def _work(job: str, ref: str, states: Set[BatchState], work: Work, failed: BatchState) -> None:
    """As whoever started the import, with the rights that they have now."""
    with working(job):
        batch = ImportBatch.objects.filter(ref=ref, state__in=states).select_related("by").first()
        actor = actor_for(batch.by) if batch and batch.by else None
    if batch is None:
        return
    with translation.override(batch.by.language if batch.by else "pl"):
        if trouble := _tried(job, batch, actor, work):
            with working(job):  # unless another worker, to whom this one seemed dead, has done it meanwhile
                waiting = ImportBatch.objects.filter(pk=batch.pk, state__in=states)
                waiting.update(state=failed, trouble=trouble)


def _tried(job: str, batch: ImportBatch, actor: Actor | None, work: Work) -> str:
    """What went wrong, as it is kept (`wording.trouble` says it); nothing of the import is left then."""
    if actor is None:
        return noted("no_role")
    try:
        work(actor, batch, partial(_tell, job, batch.pk))
    except GivenUp:
        return ""
    except Unreadable as error:
        return noted(error.code, error.details)
    except ValidationError as error:
        return noted_refusal(error)
    except Exception:
        log.exception("import failed")
        return noted("ours")
    return ""


def _acting(action: Callable[..., None]) -> Work:
    """An action as work that is done in one transaction."""

    def work(actor: Actor, batch: ImportBatch, progress: Progress) -> None:
        with acting(actor):
            action(by=actor, batch=batch, progress=progress)

    return work


def _read(actor: Actor, batch: ImportBatch, progress: Progress) -> None:
    wanted = partial(is_wanted, "exchange.read", batch.pk)
    actions.read(by=actor, batch=batch, progress=progress, wanted=wanted, scope=lambda: acting(actor))


def _undo(actor: Actor, batch: ImportBatch, progress: Progress) -> None:
    with acting(actor):
        actions.undo(by=actor, batch=batch)


def is_wanted(job: str, pk: int) -> bool:
    """Whether a batch is still there: a user may forget it while a job is at it."""
    found: list[bool] = []
    aside(job, lambda: found.append(ImportBatch.objects.filter(pk=pk).exists()))
    return found != [False]


def _tell(job: str, pk: int, done: int) -> None:
    """The import's transaction goes on for long; how far it is shows at once."""
    aside(job, lambda: ImportBatch.objects.filter(pk=pk).update(rows_done=done))
