"""Pieces of other modules' pages."""

from collections.abc import Mapping

from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor

from . import queries
from .rights import STAFF_READ

SHOWN = 8


def today(actor: Actor) -> Mapping[str, object] | None:
    """For Today: what of people's papers runs out, for who leads them; hours that wait for one's word."""
    day = timezone.localdate()
    rows = queries.due(actor, day) if actor.can(STAFF_READ) else []
    waiting = queries.to_confirm(actor).count()
    if not rows and not waiting:
        return None
    note_read(actor, rows[:SHOWN])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "today": day, "waiting": waiting}


def note_read(actor: Actor, rows: list[queries.Due]) -> None:
    """What is shown of people's papers is written down as read."""
    for row in rows:
        audit.read(actor, row.worker, ["proofs", "agreements"])
