"""What is closed, and why something was corrected."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, OuterRef

from przystan.access import audit
from przystan.access.actors import Actor

from .models import Entry, Period
from .policies import may_read_reason

CLOSED = Exists(
    Period.objects.filter(
        organisation=OuterRef("organisation"), starts__lte=OuterRef("booked_on"), ends__gte=OuterRef("booked_on")
    )
)
AnEntry = TypeVar("AnEntry", bound=Entry)


def is_closed(entry: Entry) -> bool:
    """Whether the period under which the entry is counted is closed."""
    return Period.objects.filter(
        organisation_id=entry.organisation_id, starts__lte=entry.booked_on, ends__gte=entry.booked_on
    ).exists()


def closed_among(entries: Iterable[AnEntry]) -> set[int]:
    """Ids of those entries of one ledger whose period is closed."""
    found = list(entries)
    if not found:
        return set()
    rows = type(found[0])._default_manager.filter(CLOSED, pk__in=[entry.pk for entry in found])
    return set(rows.order_by().values_list("pk", flat=True))


def correction_reason(actor: Actor, entry: Entry) -> str:
    """Why an entry was corrected, or corrects another, for who may read it; that they did is noted."""
    told: Entry = getattr(entry, "reversed_by", None) or entry
    if not may_read_reason(actor, entry) or not told.correction_reason:
        return ""
    audit.read(actor, told, ["correction_reason"])
    return str(told.correction_reason)
