"""Families that a file or a form tells of: households with members, and who is related to whom. Hundreds at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.scope import acting

from ..enums import FamilyRole
from ..models import Household, HouseholdMember, Person, Relation
from ..queries.candidates import Candidate
from ..rights import IMPORT, PEOPLE_WRITE
from ..rules.families import Tie, household_roles, ties
from .bulk import save_many
from .completing import writable
from .registration import Newcomer, register

Roles = Mapping[int, str]  # id of a person -> role in the family (`enums.FamilyRole`, "" where nobody said one)
Written = HouseholdMember | Relation
MUTUAL = frozenset({"partner", "sibling", "other"})


@dataclass(frozen=True)
class Relative:
    """Somebody who is registered with another: `role` (`enums.FamilyRole`) is what they are to them, "" not said.

    `despite`: as `register` has it.
    """

    newcomer: Newcomer
    role: str = ""
    despite: Sequence[Candidate] = ()


@transaction.atomic
def register_family(
    *, by: Actor, newcomer: Newcomer, family: Sequence[Relative], despite: Sequence[Candidate] = ()
) -> Person:
    """Register somebody with their family, who keep house together: all of them or nobody. Returns the first.

    The same form again registers nobody. ValidationError as from `register`.
    """
    if not family or Person.objects.seen_by(by).filter(ref=newcomer.ref).exists():
        return register(by=by, newcomer=newcomer, despite=despite)
    first = register(by=by, newcomer=newcomer, despite=despite)
    roles: dict[int, str] = {first.pk: FamilyRole.HEAD}
    for one in family:
        roles[register(by=by, newcomer=one.newcomer, despite=one.despite).pk] = one.role
    join_families(by=by, families=[roles], made=roles)
    return first


@transaction.atomic
def join_families(*, by: Actor, families: Sequence[Roles], made: Collection[int] = ()) -> list[Written]:
    """Let the people of each family keep house together and be related as their roles say; returns the rows written.

    The household is that of the first of them who has one, else a new one. Whoever belongs to another stays there. Left
    out are known people with whom the actor does not work, or whose data is only kept. `made`: ids of those whom the
    same act registered, of which the log tells already.
    """
    by.require(PEOPLE_WRITE)
    ids = {person for roles in families for person in roles}
    ours = writable(by, ids - set(made)).keys() | (ids & set(made))
    there = [{person: role for person, role in roles.items() if person in ours} for roles in families]
    members = _members(by, [roles for roles in there if len(roles) > 1])
    save_many(members)
    relations = _relations(there)
    save_many(relations)
    written: list[Written] = [*members, *relations]
    known = _told_of(there, members, relations) - set(made)
    audit.record_all(by, "person.complete", Person.objects.filter(pk__in=known).order_by("pk"))
    return written


def _told_of(families: Sequence[Roles], members: Sequence[HouseholdMember], relations: Sequence[Relation]) -> set[int]:
    """Of whom these rows say something: a relation as much of both sides, a new place of all whose home it is."""
    joined = {row.household_id for row in members}
    homes = homes_of({person for roles in families for person in roles}) if joined else {}
    sides = {side for row in relations for side in (row.person_id, row.other_id)}
    return sides | {person for person, home in homes.items() if home in joined}


def homes_of(people: Iterable[int]) -> dict[int, int]:
    """Person -> the household in which they live now, as the register says."""
    rows = HouseholdMember.objects.filter(person__in=people, valid_to__isnull=True).order_by("id")
    return dict(rows.values_list("person_id", "household_id"))


def _members(by: Actor, families: Sequence[Roles]) -> list[HouseholdMember]:
    homes = homes_of({person for roles in families for person in roles})
    homeless = [roles for roles in families if not any(person in homes for person in roles)]
    new = [Household(organisation_id=by.organisation_id) for _roles in homeless]
    Household.objects.bulk_create(new)
    founded = dict(zip(map(id, homeless), (household.pk for household in new), strict=True))
    members = []
    for roles in families:
        home = founded.get(id(roles)) or next(homes[person] for person in roles if person in homes)
        for person, role in household_roles(roles).items():
            if person not in homes:
                homes[person] = home
                members.append(HouseholdMember(household_id=home, person_id=person, role=role))
    return members


def _relations(families: Sequence[Roles]) -> list[Relation]:
    """Those that are not written down yet, also not the other way round where that says the same."""
    told = list(dict.fromkeys(tie for roles in families for tie in ties(roles)))
    people = {person for tie in told for person in tie[:2]}
    rows = Relation.objects.filter(person__in=people, other__in=people).order_by("id")
    seen: set[Tie] = set(rows.values_list("person_id", "other_id", "kind"))
    new = []
    for person, other, kind in told:
        again = (person, other, kind) in seen or (kind in MUTUAL and (other, person, kind) in seen)
        if person != other and not again:
            seen.add((person, other, kind))
            new.append(Relation(person_id=person, other_id=other, kind=kind))
    return new


def homes_with(people: Collection[int]) -> set[int]:
    """Households of these people, now or before."""
    return set(HouseholdMember.objects.filter(person__in=people).values_list("household_id", flat=True))


def leave_empty(*, by: Actor, homes: Collection[int]) -> None:
    """Let go those of these households in which nobody is left, nor anybody of whom `by` may not know."""
    by.require(PEOPLE_WRITE, IMPORT)
    with acting(system(by.organisation_id, "import.undo")):
        Household.objects.filter(pk__in=homes, organisation_id=by.organisation_id, members=None).delete()
