"""Whose errands there are, and what came of them."""

import hashlib
import json
from typing import Any

from przystan.access.actors import Actor

from .enums import OPEN, ErrandState
from .models import Errand, ErrandQuerySet
from .runners import Values


def errands_of(actor: Actor) -> ErrandQuerySet:
    """One's own of the last day, without what came of them; the newest first."""
    return Errand.objects.seen_by(actor).unopened()


def errand_seen(actor: Actor, ref: str) -> Errand:
    """One of one's own, without what came of it. Raises Errand.DoesNotExist."""
    return errands_of(actor).select_related("organisation").get(ref=ref)


def same(actor: Actor, code: str, values: Values) -> Errand | None:
    """What is asked for again while it is still under way."""
    waiting = (
        Errand.objects.seen_by(actor).unopened().filter(runner=code, state__in=OPEN).select_related("organisation")
    )
    return next((one for one in waiting if one.values == values), None)


def shown(actor: Actor, code: str, ref: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was asked of a finished errand of one's own that a page shows, and what came of it.

    Raises Errand.DoesNotExist, also where the actor could see something else when it was made.
    """
    found = Errand.objects.seen_by(actor).filter(runner=code, state=ErrandState.DONE, reach=reach(actor))
    errand = found.select_related("organisation").get(ref=ref)
    return errand.values, json.loads(errand.content)


def reach(actor: Actor) -> str:
    """What an actor may see, as a digest: where it has changed, what was made with it is not theirs any more."""
    said = [
        sorted(actor.rights),
        None if actor.points is None else sorted(actor.points),
        None if actor.leads is None else sorted(actor.leads),
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
