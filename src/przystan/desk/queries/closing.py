"""What closing a period would close."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from przystan.access.actors import Actor
from przystan.funding.models import ResultAllocation
from przystan.results.models import Result
from przystan.support.models import Support

from .supports import unpaid


@dataclass(frozen=True)
class Closing:
    """Entries counted on these days that the actor may see. `unpaid`, `uncounted`: those that no programme has."""

    starts: date
    ends: date
    supports: int
    unpaid: int
    results: int
    uncounted: int


def closing_of(actor: Actor, starts: date, ends: date) -> Closing:
    """Four queries."""
    days = (starts, ends)
    supports = Support.objects.seen_by(actor).filter(booked_on__range=days)
    results = Result.objects.seen_by(actor).filter(booked_on__range=days)
    uncounted = results.standing().filter(~Exists(ResultAllocation.objects.filter(result=OuterRef("pk"))))
    return Closing(starts, ends, supports.count(), unpaid(supports).count(), results.count(), uncounted.count())
