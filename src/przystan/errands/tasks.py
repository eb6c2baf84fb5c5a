"""Errands as jobs, and the throwing away of old ones."""

import logging
import time
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import translation
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


@app.task(name="errands.run")
def run(ref: str) -> None:
    """Do an errand that waits, or was cut off, with the rights that whoever asked for it has now."""
    with working("errands.run"):
        waiting = Errand.objects.filter(ref=ref, state__in=OPEN).unopened()
        errand = waiting.select_related("by", "organisation").first()
        actor = actor_for(errand.by) if errand and errand.by else None
        if errand and actor:
            actions.begin(errand=errand, reach=reach(actor))
    if errand is None:
        return
    with translation.override(errand.language):
        if trouble := _trouble(errand, actor):
            with working("errands.run"):
                actions.fail(errand=errand, trouble=trouble.strip())


def _trouble(errand: Errand, actor: Actor | None) -> str:
    """What went wrong, in words; a blank where it is ours, or nothing that the asker need know; "" when it is done."""
    runner = declared().get(errand.runner)
    if actor is None or runner is None:
        return " "
    try:
        with working("errands.run"):
            values = errand.values
        with acting(actor):
            actor.require(*runner.rights)
            result = runner.run(actor, values, _telling(errand))
        with working("errands.run"):
            actions.finish(errand=errand, result=result)
    except ValidationError as error:
        return " ".join(error.messages)
    except Forbidden:
        return " "
    except Exception:
        log.exception("an errand failed")
        return " "
    return ""


def _telling(errand: Errand) -> Tell:
    """Notes how far it is about once a second, through a connection of its own: the errand's transaction goes on."""
    next_at, total = 0.0, None

    def tell(done: int, whole: Callable[[], int]) -> None:
        nonlocal next_at, total
        if time.monotonic() >= next_at:
            total = whole() if total is None else total
            note = {
                "done": min(done, total),
                "total": total,
            }  # where it was only about so much, the bar waits at its end
            aside("errands.run", lambda: actions.advance(errand=errand, **note))
            next_at = time.monotonic() + TELL_EVERY

    return tell


@app.periodic(cron="17 * * * *")
@app.task(name="errands.throw_away")
def throw_away(timestamp: int) -> None:
    """Each hour: what is a day old goes."""
    with working("errands.throw_away"):
        actions.throw_away()
