"""Legal holds in force."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from przystan.people.models import Person

from ..models import LegalHold


def hold_of(person: Person, day: date | None = None) -> LegalHold | None:
    """The hold that lasts longest of those in force on a day (today); None when there is none."""
    holds = LegalHold.objects.filter(person=person).on(day or timezone.localdate())
    return holds.order_by("-ends_on").first()  # PostgreSQL puts an open end before all days


def held_people(day: date) -> QuerySet[LegalHold, dict[str, Any]]:
    """Ids of people under a hold on a day."""
    return LegalHold.objects.on(day).values("person_id")  # type: ignore[return-value]
