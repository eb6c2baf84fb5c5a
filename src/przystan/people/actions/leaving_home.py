"""When somebody is protected: what those at home are called must not tell that somebody is missing."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils import timezone

from przystan.access.actors import Actor

from ..enums import HouseholdRole
from ..models import FactBefore, HouseholdMember, Person
from ..rules.traces import Traces
from .putting_away import Elsewhere

ADULTS = frozenset({HouseholdRole.HEAD, HouseholdRole.PARTNER})
NEEDING = frozenset({HouseholdRole.PARTNER, HouseholdRole.CHILD})


def forget(*, by: Actor, person: Person, traces: Traces, elsewhere: Elsewhere) -> list[type[models.Model]]:
    """Call a partner of nobody, or a child without an adult, a member of the household as any other, also where that
    is over; pages and copies tell both. What the same rows said before goes.

    The rows of the person stay: they are behind the lock of their own record.
    """
    homes = HouseholdMember.objects.filter(person=person).values("household")
    rows = HouseholdMember.objects.filter(household__in=homes, person__protected=False).exclude(person=person)
    for household in set(rows.values_list("household", flat=True)):
        for row in telling(rows.filter(household=household), timezone.localdate()):
            elsewhere.setdefault(HouseholdMember._meta.label_lower, {})[str(row.pk)] = {"role": row.role}
            HouseholdMember.objects.filter(pk=row.pk).update(role=HouseholdRole.OTHER)
            FactBefore.objects.filter(table=HouseholdMember._meta.db_table, row=row.pk).delete()
    return [HouseholdMember, FactBefore]


def telling(members: Iterable[HouseholdMember], today: date) -> list[HouseholdMember]:
    """Those of the members left whose role needs an adult beside them, and there is none: today, on the last day of
    what is over, on the first of what is to come.
    """
    rows = list(members)
    adults = [row for row in rows if row.role in ADULTS]
    return [row for row in rows if row.role in NEEDING and not _beside(row, adults, today)]


def _beside(row: HouseholdMember, adults: list[HouseholdMember], today: date) -> bool:
    day = max(row.valid_from or date.min, min(row.valid_to or today, today))
    return any(adult.pk != row.pk and adult.holds_on(day) for adult in adults)
