"""What is closed."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, OuterRef

from .models import Entry, Period

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
