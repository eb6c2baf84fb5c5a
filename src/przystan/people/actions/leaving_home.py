"""When somebody is protected: what those at home are called must not tell that somebody is missing."""

from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from przystan.access.actors import Actor

from ..enums import HouseholdRole
from ..models import HouseholdMember, Person
from ..rules.traces import Traces
from .putting_away import Elsewhere

ADULTS = frozenset({HouseholdRole.HEAD, HouseholdRole.PARTNER})


def forget(*, by: Actor, person: Person, traces: Traces, elsewhere: Elsewhere) -> list[type[models.Model]]:
    """Call a partner of nobody, or a child without an adult, a member of the household as any other.

    The rows of the person stay: they are behind the lock of their own record.
    """
    homes = HouseholdMember.objects.filter(person=person).values("household")
    rows = HouseholdMember.objects.filter(household__in=homes, person__protected=False).exclude(person=person)
    for household in set(rows.values_list("household", flat=True)):
        members = [row for row in rows.filter(household=household) if row.holds_on(timezone.localdate())]
        for row in telling(members):
            elsewhere.setdefault(HouseholdMember._meta.label_lower, {})[str(row.pk)] = {"role": row.role}
            HouseholdMember.objects.filter(pk=row.pk).update(role=HouseholdRole.OTHER)
    return [HouseholdMember]


def telling(members: Iterable[HouseholdMember]) -> list[HouseholdMember]:
    """Those of the members left whose role needs an adult beside them, and there is none."""
    rows = list(members)
    adults = {row.pk for row in rows if row.role in ADULTS}
    needing = {HouseholdRole.PARTNER, HouseholdRole.CHILD}
    return [row for row in rows if row.role in needing and not adults - {row.pk}]
