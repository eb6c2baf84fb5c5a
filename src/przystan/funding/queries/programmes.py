"""Programmes as lists and pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from przystan.access.actors import Actor

from ..models import Allocation, Programme
from .idle import with_idle

STATES = ("running", "coming", "ended")


@dataclass(frozen=True)
class Elapsed:
    """Days of a programme gone by, of all its days; None where a date is not known."""

    days: int | None
    of: int | None


def listed(actor: Actor, state: str, day: date) -> QuerySet[Programme]:
    """Programmes that run, are to come, or have ended on the day, with `idle`; those that end first come first."""
    rows: QuerySet[Programme] = with_idle(Programme.objects.seen_by(actor), day).select_related("funder")
    match state:
        case "coming":
            return rows.filter(starts__gt=day).order_by("starts", "id")
        case "ended":
            return rows.filter(ends__lt=day).order_by("-ends", "id")
        case _:
            return rows.running_on(day).order_by("outside", "rank", "ends", "id")  # type: ignore[attr-defined, no-any-return]


def counted(actor: Actor, day: date) -> dict[str, int]:
    """How many programmes there are in each state."""
    ended, coming = Q(ends__lt=day), Q(starts__gt=day)
    found: dict[str, Any] = Programme.objects.seen_by(actor).aggregate(
        ended=Count("pk", filter=ended),
        coming=Count("pk", filter=coming),
        running=Count("pk", filter=Q(starts__isnull=True) | ~coming) - Count("pk", filter=ended),
    )
    return found


def elapsed(programme: Programme, day: date) -> Elapsed:
    """How much of the programme's time has gone by on the day."""
    if not programme.starts:
        return Elapsed(None, None)
    gone = max((day - programme.starts).days + 1, 0)
    if not programme.ends:
        return Elapsed(gone, None)
    whole = (programme.ends - programme.starts).days + 1
    return Elapsed(min(gone, whole), whole)


def state_of(programme: Programme, day: date) -> str:
    """One of STATES."""
    if programme.starts and programme.starts > day:
        return "coming"
    return "ended" if programme.ends and programme.ends < day else "running"


def paid_ids(actor: Actor, programme: Programme, first: date, last: date, limit: int = 5000) -> list[int]:
    """Supports (ids, oldest first) of these days that the programme pays for; counter-entries and theirs stay."""
    rows = Allocation.objects.filter(
        programme=programme,
        support__organisation=actor.organisation_id,
        support__day__range=(first, last),
        support__reverses=None,
        support__reversed_by=None,
    )
    return list(rows.order_by("support__day", "support_id").values_list("support_id", flat=True)[:limit])
