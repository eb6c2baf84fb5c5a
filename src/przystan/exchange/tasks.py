"""The long parts of an import, as jobs: checking the rows, writing them."""

import logging
from collections.abc import Callable
from threading import Thread

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from przystan.access.models import User
from przystan.team.queries import actor_for

from . import actions
from .enums import State
from .models import ImportBatch

log = logging.getLogger(__name__)


@app.task(name="exchange.check")
def check(ref: str) -> None:
    """Check the rows of a batch in state CHECKING."""
    _work(ref, State.CHECKING, actions.check)


@app.task(name="exchange.run")
def run(ref: str) -> None:
    """Write the rows of a batch in state RUNNING."""
    _work(ref, State.RUNNING, actions.run)


def _work(ref: str, state: State, action: Callable[..., None]) -> None:
    batch = ImportBatch.objects.filter(ref=ref, state=state).select_related("by").first()
    if batch is None:
        return
    user: User | None = batch.by
    actor = actor_for(user) if user else None
    with translation.override(user.language if user else "pl"):
        try:
            if actor is None:
                raise ValidationError(_("Whoever started the import has no role here any more."))
            action(by=actor, batch=batch, progress=_Progress(batch.pk))
        except ValidationError as error:
            _failed(batch, " ".join(error.messages))
        except Exception:
            log.exception("import failed")
            _failed(batch, _("Something went wrong on our side. Nothing was imported; the file is kept. Try again."))


def _failed(batch: ImportBatch, sentence: str) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.FAILED, trouble=sentence[:500])


class _Progress:
    """Tells through a connection of its own, so that others see it before the import's transaction ends."""

    def __init__(self, pk: int):
        self.pk = pk

    def __call__(self, done: int) -> None:
        thread = Thread(target=self._tell, args=[done])
        thread.start()
        thread.join()

    def _tell(self, done: int) -> None:
        try:
            ImportBatch.objects.filter(pk=self.pk).update(rows_done=done)
        finally:
            connection.close()
