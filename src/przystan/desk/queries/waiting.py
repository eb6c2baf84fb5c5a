"""The numbers of the morning: how many of what waits for this actor, each with the list where they stand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, Subquery
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.addresses import opens, policy
from przystan.access.modules import Waiting, waits
from przystan.team.models import Organisation

MOST = 100  # counted no further: nobody begins a morning with more


class Counted(Subquery):
    """How many rows a query gives."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Number:
    """How many wait, at least 1; `more`: and others, which were not counted."""

    of: Waiting
    many: int

    @property
    def more(self) -> bool:
        return self.many >= MOST

    @property
    def href(self) -> str:
        asked = self.of.query(timezone.localdate())
        return reverse(self.of.address) + (f"?{asked}" if asked else "")


def waiting(actor: Actor) -> list[Number]:
    """What waits, each only for those whose work it is. One statement, none for who has nothing to look at."""
    mine = [one for one in waits() if _is_theirs(actor, one)]
    if not mine or actor.is_system:
        return []
    asked = {f"waits_{one.key}": Counted(one.of(actor).order_by().values("pk")[:MOST]) for one in mine}
    found: Any = Organisation.objects.annotate(**asked).get(pk=actor.organisation_id)
    numbers = [Number(one, getattr(found, f"waits_{one.key}")) for one in mine]
    return [one for one in numbers if one.many]


def _is_theirs(actor: Actor, one: Waiting) -> bool:
    return all(actor.can(right) for right in one.rights) and opens(policy()[one.address], actor)
