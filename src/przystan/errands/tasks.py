"""Errands as jobs, and the throwing away of old ones."""

import logging
import time
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from przystan.access.actors import Actor, Forbidden
from przystan.access.jobs import aside, working
from przystan.access.scope import acting
from przystan.team.queries import actor_for

from . import actions
from .enums import OPEN
from .models import Errand
from .queries import reach
from .runners import Tell, declared

log = logging.getLogger(__name__)
TELL_EVERY = 1.0  # seconds
MOST_RUNS = 5  # of one errand, while people are hidden or erased


@app.task(name="errands.run")
def run(ref: str) -> None:
    """Do an errand that waits, or was cut off, with the rights that whoever asked for it has now.

    Anew, where meanwhile somebody was hidden or erased of whom it may tell.
    """
    for left in reversed(range(MOST_RUNS)):
        with working("errands.run"):
            errand, actor = _begun(ref)
        if errand is None:
            return
        with translation.override(errand.language):
            try:
                return _do(errand, actor)
            except actions.Outdated:
                if not left:
                    _fail(errand, _("The records changed again and again while this was made. Ask for it again."))


def _begun(ref: str) -> tuple[Errand | None, Actor | None]:
    """The errand, if it is there to be done, and as whom."""
    waiting = Errand.objects.filter(ref=ref, state__in=OPEN).unopened()
    errand = waiting.select_related("by", "organisation").first()
    actor = actor_for(errand.by) if errand and errand.by else None
    if errand and actions.begin(errand=errand, reach=reach(actor) if actor else ""):
        return errand, actor
    return None, None


def _do(errand: Errand, actor: Actor | None) -> None:
    """Make it and keep it, or say what went wrong. Raises Outdated."""
    runner = declared().get(errand.runner)
    if actor is None or runner is None:
        return _fail(errand)
    try:
        with working("errands.run"):
            values = errand.values
        with acting(actor):
            actor.require(*runner.rights)
            actions.finish(errand=errand, result=runner.run(actor, values, _telling(errand)))
    except actions.Outdated:
        raise
    except ValidationError as error:
        _fail(errand, " ".join(error.messages))
    except Forbidden:
        _fail(errand)
    except Exception as error:
        with working("errands.run"):
            if not actions.stands(errand):  # rows went while they were read
                raise actions.Outdated from error
        log.exception("an errand failed")
        _fail(errand)


def _fail(errand: Errand, trouble: str = "") -> None:
    """`trouble`: in words; "" where it is ours, or nothing that the asker need know."""
    with working("errands.run"):
        actions.fail(errand=errand, trouble=trouble)


def _telling(errand: Errand) -> Tell:
    """Notes how far it is about once a second, through a connection of its own: the errand's transaction goes on."""
    next_at, total = 0.0, None

    def tell(done: int, whole: Callable[[], int]) -> None:
        nonlocal next_at, total
        if time.monotonic() >= next_at:
            total = whole() if total is None else total
            # Where it was only about so much, the bar waits at its end.
            note = {"done": min(done, total), "total": total}
            aside("errands.run", lambda: actions.advance(errand=errand, **note))
            next_at = time.monotonic() + TELL_EVERY

    return tell


@app.periodic(cron="*/10 * * * *")
@app.task(name="errands.throw_away")
def throw_away(timestamp: int) -> None:
    """What is a day old goes, and whoever waits for a job that was given up is told."""
    with working("errands.throw_away"):
        actions.give_up_lost()
        actions.throw_away()
