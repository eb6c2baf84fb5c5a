"""What the ledger of results must know before it writes, for one result or ten thousand, in a handful of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from przystan.access.actors import Actor
from przystan.access.scope import counting
from przystan.institutions.models import Institution
from przystan.ledger.models import Period
from przystan.people.models import HouseholdMember, Person
from przystan.people.policies import answers
from przystan.team.models import Membership, Point

from ..models import Result, ResultKind
from ..rules import Reached


@dataclass(frozen=True)
class Known:
    """Answers about a batch of results. `people`: by reference, as kept after merges; `homes`: ids of their households,
    by reference and day; `institutions`: by reference."""

    closed: frozenset[date]
    people: dict[str, Person]
    homes: dict[tuple[str, date], int]
    institutions: dict[str, Institution]
    kinds: dict[int, ResultKind]
    points: dict[int, Point]
    staff: frozenset[int]
    tokens: frozenset[UUID]


def known_about(actor: Actor, reached: Sequence[Reached], amended: Result | None = None) -> Known:
    """What the actor may use in results, of all that these name.

    People: those whose page is open to the actor, and the one of the result that is `amended`.
    """
    ours = {"organisation_id": actor.organisation_id}
    days, tokens = {one.day for one in reached}, {one.form_token for one in reached if one.form_token}
    periods = Period.objects.filter(**ours).values_list("starts", "ends")
    kinds = ResultKind.objects.select_related("scale").filter(pk__in={one.kind_id for one in reached})
    points = Point.objects.filter(**ours, pk__in={one.point_id for one in reached})
    named = {one.institution for one in reached if one.institution}
    institutions = Institution.objects.seen_by(actor).current().filter(ref__in=named)
    staff = Membership.objects.filter(**ours, user_id__in={one.staff_id for one in reached if one.staff_id})
    sent = Result.objects.filter(**ours, form_token__in=tokens)
    people = _people(actor, {one.person for one in reached if one.person}, amended)
    return Known(
        closed=frozenset(day for first, last in periods for day in days if first <= day <= last),
        people=people,
        homes=_homes(people, {(one.person, one.day) for one in reached if one.person in people}),
        institutions={one.ref: one for one in institutions.order_by("pk")},
        kinds={kind.pk: kind for kind in kinds.order_by("pk")},
        points={point.pk: point for point in points.order_by("pk")},
        staff=frozenset(staff.order_by("pk").values_list("user_id", flat=True)),
        tokens=frozenset(token for token in sent.order_by("pk").values_list("form_token", flat=True) if token),
    )


def _people(actor: Actor, refs: set[str], amended: Result | None) -> dict[str, Person]:
    if not refs:
        return {}
    merged = Person.objects.filter(ref__in=refs, organisation_id=actor.organisation_id, merged_into__isnull=False)
    lasting = dict(merged.order_by("pk").values_list("ref", "merged_into__ref"))
    wanted = {lasting.get(ref, ref) for ref in refs}
    open_ones = Q(pk__in=Person.objects.open_to(actor).values("pk"))
    if amended:
        open_ones |= Q(pk=amended.person_id)
    found = Person.objects.seen_by(actor).current().filter(open_ones, ref__in=wanted).order_by("pk")
    usable = {person.ref: person for person in found if not person.restricted_on or answers(actor, person)}
    return {ref: usable[last] for ref in refs if (last := lasting.get(ref, ref)) in usable}


def _homes(people: dict[str, Person], wanted: set[tuple[str, date]]) -> dict[tuple[str, date], int]:
    """Where each of them lived on the day; read as for a count, whoever they are."""
    if not wanted:
        return {}
    rows = HouseholdMember.objects.filter(person__in={people[ref].pk for ref, _ in wanted})
    with counting():
        members = list(rows.order_by(F("valid_from").desc(nulls_last=True), "-id"))
    found = {}
    for ref, day in wanted:
        theirs = (row for row in members if row.person_id == people[ref].pk and row.holds_on(day))
        if home := next(theirs, None):
            found[ref, day] = home.household_id
    return found
