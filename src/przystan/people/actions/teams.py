"""Who works with a person: grows by the work itself; who leads names, ends and excludes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit, leaving
from przystan.access.actors import Actor, Forbidden
from przystan.access.models import User
from przystan.access.statements import Statement
from przystan.team.queries import colleagues

from ..enums import JoinReason, TeamSource
from ..models import Exclusion, Person, TeamMember
from ..policies import require_join, require_lead
from ..queries.visible import LASTING, OPEN_LASTING, SEEN, about

KEPT = timedelta(days=365)  # after the last support; reviewed yearly, as 4-security.md has it for tier 2
JOINED = timedelta(days=7)
UPSERT = f"""
INSERT INTO people_teammember (person_id, user_id, source, starts_at, ends_at, by_id)
SELECT p.id, part.colleague, %(source)s, now(), max(part.until), %(by)s
FROM unnest(%(refs)s::text[], %(users)s::bigint[], %(until)s::timestamptz[]) AS part(ref, colleague, until)
JOIN people_person found ON found.ref = part.ref AND found.organisation_id = %(organisation)s
JOIN people_person p ON p.id = {LASTING} AND NOT p.protected
WHERE {SEEN} AND (%(new)s OR {OPEN_LASTING})
GROUP BY p.id, part.colleague
ON CONFLICT (person_id, user_id, source) DO UPDATE SET
    starts_at = CASE WHEN people_teammember.ends_at <= excluded.starts_at THEN excluded.starts_at
                     ELSE people_teammember.starts_at END,
    ends_at = greatest(people_teammember.ends_at, excluded.ends_at),
    by_id = excluded.by_id
"""  # noqa: S608 - made of constants. Into the team of a protected person nobody comes by working: they are named.


@dataclass(frozen=True)
class Admission:
    """Who works with whom (`person` is a reference), and until when."""

    person: str
    user_id: int
    until: datetime


def admit(*, by: Actor, admissions: Collection[Admission], source: TeamSource) -> None:
    """Run `admission`."""
    if statement := admission(by=by, admissions=admissions, source=source):
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.values)


def admission(*, by: Actor, admissions: Collection[Admission], source: TeamSource) -> Statement | None:
    """The statement that lets colleagues into teams, or keeps them there longer; None when all of it is over already.

    Only people whose page is open to `by` by more than an emergency look, but for those just registered. Writes no
    audit row and asks for no right: the caller does both, for what was done and makes them work together.
    """
    wanted = {one for one in admissions if one.until > timezone.now()}
    if not wanted:
        return None
    values = {
        "refs": [one.person for one in wanted],
        "users": [one.user_id for one in wanted],
        "until": [one.until for one in wanted],
        "organisation": by.organisation_id,
        "source": source.value,
        "by": by.user_id,
        "new": source == TeamSource.REGISTERED,
        **about(by),
    }
    return Statement(UPSERT, values)


@transaction.atomic
def join(*, by: Actor, person: Person, reason: str) -> None:
    """ "I work with this person now": for seven days, by somebody of the same point, for one of the known reasons."""
    require_join(by, person)
    if reason not in JoinReason.values:
        raise ValidationError({"reason": _("Choose why.")})
    assert by.user_id
    until = timezone.now() + JOINED
    admit(by=by, admissions=[Admission(person.ref, by.user_id, until)], source=TeamSource.JOINED)
    audit.record(by, "team.join", person, purpose=reason)


def keep_working(*, by: Actor, person: Person) -> None:
    """Who does what shows that they work with a person (opens a file, writes into it) is in their team for a year.

    Writes no audit row: the caller does, for what was done. Into the team of a protected person nobody comes so.
    """
    if by.user_id:
        until = timezone.now() + KEPT
        admit(by=by, admissions=[Admission(person.ref, by.user_id, until)], source=TeamSource.JOINED)


@transaction.atomic
def name(*, by: Actor, person: Person, user: User) -> None:
    """Name a colleague for a person, until the membership is ended. ValidationError for who must not see them."""
    require_lead(by, person)
    if not colleagues(by).filter(pk=user.pk).exists():
        raise Forbidden("an account of another organisation")
    if Exclusion.objects.filter(person=person, user=user).exists():
        raise ValidationError({"user": _("They are on the list of those who must not see this person.")})
    values = {"starts_at": timezone.now(), "ends_at": None, "by_id": by.user_id}
    TeamMember.objects.update_or_create(person=person, user=user, source=TeamSource.NAMED, defaults=values)
    audit.record(by, "team.name", person, purpose=user.ref)


@transaction.atomic
def let_go(*, by: Actor, person: Person, user: User) -> None:
    """End every membership of a colleague in a person's team: at their next request they see nothing sensitive."""
    require_lead(by, person)
    _end(person, user)
    audit.record(by, "team.end", person, purpose=user.ref)


@transaction.atomic
def exclude(*, by: Actor, person: Person, user: User) -> None:
    """Somebody must not see this person: a relative, a neighbour. Stronger than any role, and at once."""
    require_lead(by, person)
    if user.pk == by.user_id:
        raise ValidationError({"user": _("You cannot put yourself on the list. Ask who leads with you.")})
    if not colleagues(by, everybody=True).filter(pk=user.pk).exists():
        raise Forbidden("an account of another organisation")
    Exclusion.objects.get_or_create(person=person, user=user, defaults={"by_id": by.user_id})
    _end(person, user)
    leaving.excluded(by, person, user)
    audit.record(by, "exclusion.add", person, purpose=user.ref)


@transaction.atomic
def readmit(*, by: Actor, person: Person, user: User) -> None:
    """Take somebody off the list of those who must not see a person."""
    require_lead(by, person)
    Exclusion.objects.filter(person=person, user=user).delete()
    audit.record(by, "exclusion.remove", person, purpose=user.ref)


def _end(person: Person, user: User) -> None:
    now = timezone.now()
    rows = TeamMember.objects.filter(person=person, user=user)
    rows.filter(ends_at=None).update(ends_at=now)
    rows.filter(ends_at__gt=now).update(ends_at=now)
