"""Who works with a person, who must not see them, and who looked."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.deeds import Told, told
from przystan.access.looks import looks
from przystan.access.models import User
from przystan.team.queries import colleagues

from ..models import Exclusion, Person, TeamMember
from ..policies import require_lead

LOOKS = 50


@dataclass(frozen=True)
class Colleague:
    """Somebody who works with a person: why (labels of TeamSource), from and until when (None: open)."""

    user: User
    sources: list[str]
    since: datetime
    until: datetime | None


def team_of(actor: Actor, person: Person) -> list[Colleague]:
    """Who works with a person now, by name. For who leads their point; Forbidden for others."""
    require_lead(actor, person)
    now = timezone.now()
    rows = TeamMember.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), person=person, starts_at__lte=now)
    rows = rows.select_related("user").order_by("user__full_name", "user_id", "id")
    return [_colleague(user, list(mine)) for user, mine in groupby(rows, key=lambda row: row.user)]


def _colleague(user: User, rows: list[TeamMember]) -> Colleague:
    ends = [row.ends_at for row in rows if row.ends_at]
    until = max(ends) if len(ends) == len(rows) else None
    return Colleague(user, [row.get_source_display() for row in rows], min(row.starts_at for row in rows), until)


def excluded_of(actor: Actor, person: Person) -> QuerySet[Exclusion]:
    """Who must not see a person. For who leads their point; Forbidden for others."""
    require_lead(actor, person)
    return Exclusion.objects.filter(person=person).select_related("user", "by").order_by("user__full_name", "id")


def looks_at(actor: Actor, person: Person) -> list[Told]:
    """What was done to this person's record and every look at it, newest first, in words. For who leads their point."""
    require_lead(actor, person)
    return told(looks(actor.organisation_id, {"people.person": [person.ref]})[:LOOKS])


def nameable(actor: Actor, person: Person) -> QuerySet[User]:
    """Colleagues who may be named for a person: all who are not on the list of those who must not see them."""
    excluded = Exclusion.objects.filter(person=person).values("user_id")
    return colleagues(actor).exclude(pk__in=excluded)


def excludable(actor: Actor, person: Person) -> QuerySet[User]:
    """Accounts that may be put on the list: all but oneself and those who stand on it; also of who has left."""
    listed = Exclusion.objects.filter(person=person).values("user_id")
    return colleagues(actor, everybody=True).exclude(pk=actor.user_id or 0).exclude(pk__in=listed)
