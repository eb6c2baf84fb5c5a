"""Families that a file or a form tells of join the register: only those with whom one works, and nothing twice."""

from datetime import date

import pytest

from przystan.access.actors import Actor
from przystan.people import actions
from przystan.people.actions.families import join_families
from przystan.people.models import HouseholdMember, Person, Relation
from przystan.team.models import Organisation, Point
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


@pytest.fixture
def point(centre: Organisation) -> Point:
    return factories.point(centre)


@pytest.fixture
def coordinator(centre: Organisation, point: Point) -> Actor:
    """Works at one point, with those who are registered there."""
    return factories.actor(centre, "coordinator", point)


def joined(by: Actor, *family: tuple[Person, str]) -> set[Person]:
    """Who has a new place in a household."""
    written = join_families(by=by, families=[{person.pk: role for person, role in family}])
    return {row.person for row in written if isinstance(row, HouseholdMember)}


def test_only_those_with_whom_one_works_are_joined(centre: Organisation, point: Point, coordinator: Actor) -> None:
    olena, danylo = (factories.person(point) for _ in range(2))
    elsewhere = factories.person(factories.point(centre))
    kept = factories.person(point, restricted_on=date(2026, 1, 1))
    family = [(olena, "mother"), (danylo, "son"), (elsewhere, "daughter"), (kept, "daughter")]
    assert joined(coordinator, *family) == {olena, danylo}
    assert set(Relation.objects.values_list("person", "other")) == {(olena.pk, danylo.pk)}


@pytest.mark.parametrize("kind", ["partner", "sibling"])
def test_what_is_said_the_other_way_round_is_not_said_twice(point: Point, coordinator: Actor, kind: str) -> None:
    one, other = (factories.person(point) for _ in range(2))
    actions.relate(by=coordinator, person=one, other=other, kind=kind)
    joined(coordinator, (one, "head"), (other, kind))
    assert Relation.objects.get().person == one


def test_who_belongs_to_another_household_stays_there(point: Point, coordinator: Actor) -> None:
    olena, danylo, hanna = (factories.person(point) for _ in range(3))
    actions.found_household(by=coordinator, person=danylo)
    home = HouseholdMember.objects.get(person=danylo).household
    assert joined(coordinator, (olena, "mother"), (danylo, "son"), (hanna, "")) == {olena, hanna}
    assert {row.household for row in HouseholdMember.objects.all()} == {home}
