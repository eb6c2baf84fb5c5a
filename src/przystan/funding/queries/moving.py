"""What can move to another payer."""

from collections.abc import Collection
from dataclasses import dataclass

from przystan.access.actors import Actor
from przystan.ledger.queries import CLOSED
from przystan.rules.sql import Condition
from przystan.support.models import Support

from ..models import Programme
from .sets import note_verdicts, verdicts_of


@dataclass(frozen=True)
class Movable:
    """A support that may move: its payer now, whether the new payer can pay, whether its period is closed."""

    support_id: int
    programme_id: int | None
    verdict: bool | None
    closed: bool


def movable(actor: Actor, supports: Collection[int], to: Programme | None) -> list[Movable]:
    """The actor's supports among these ids, with what the new payer may do (True where `to` is None)."""
    mine = Support.objects.seen_by(actor).filter(pk__in=supports).annotate(closed=CLOSED).order_by("id")
    rows = list(mine.values_list("pk", "allocation__programme_id", "closed"))
    if to:
        note_verdicts(actor, to, Condition("s.id = ANY(%(supports)s)", {"supports": [pk for pk, _, _ in rows]}))
    verdicts = verdicts_of([pk for pk, _, _ in rows], to) if to else {}
    return [Movable(pk, payer, verdicts.get(pk, to is None), shut) for pk, payer, shut in rows]
