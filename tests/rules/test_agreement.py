"""One rule, two engines: what SQL says of a set is what Python says of each case, in all three values.

Both read facts by the same pieces of SQL; so the facts themselves are held against the example, in plain Python.
"""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from przystan.access.doors import door
from przystan.funding.queries.ledger import LEDGER, on_ledger
from przystan.funding.vocabulary import PAYERS
from przystan.people.models import Citizenship, Dwelling, Household, HouseholdMember, Person, TitleHeld
from przystan.people.queries.known import PEOPLE, asked, known_from
from przystan.people.rules.known import Facts
from przystan.reference.models import CountryGroup, Place, ResidenceTitle
from przystan.rules.deciding import decide, every
from przystan.rules.facts import Situation
from przystan.rules.sql import of_all
from przystan.support.facts import Given
from przystan.support.models import Service, Support, SupportPerson
from przystan.team.models import Point
from tests import factories

from . import worlds

MEMBERSHIPS = [
    ("EU", "PL", date(2004, 5, 1), None),
    ("EU", "HR", date(2013, 7, 1), None),
    ("EU", "RO", date(2007, 1, 1), None),
    ("EU", "GB", None, date(2020, 1, 31)),
    ("EEA", "GB", date(2020, 2, 1), date(2020, 12, 31)),
    ("EEA", "NO", None, None),
    ("EFTA_CH", "CH", date(2004, 5, 1), None),
    ("SCHENGEN", "GE", None, None),  # no group of free movement: must not count
]


@pytest.fixture
def world(db: None) -> Point:
    """Reference rows and two points with two services; people come with every example."""
    CountryGroup.objects.all().delete()
    for group, country, first, last in MEMBERSHIPS:
        CountryGroup.objects.create(group=group, country=country, valid_from=first, valid_to=last, source="test")
    for title, kind in zip(worlds.TITLES, worlds.TITLE_CLASSES, strict=True):
        ResidenceTitle.objects.create(code=title, title_class=kind, legal_stay=kind != "irregular")
    west = Place.objects.create(code="west", name="West", path=["west"])
    Place.objects.create(code="west-town", name="Town", parent=west, path=["west", "west-town"])
    Place.objects.create(code="east", name="East", path=["east"])
    home = factories.organisation()
    factories.service(code="advice")
    factories.service(code="lesson")
    Point.objects.create(organisation=home, code="there", name="There")
    return Point.objects.create(organisation=home, code="here", name="Here")


def settle(point: Point, people: list[dict[str, Any]]) -> list[Person]:
    """Write the people of an example into the database."""
    homes = [Household.objects.create(organisation=point.organisation) for _ in range(2)]
    places, titles = (
        {one.code: one for one in Place.objects.all()},
        {one.code: one for one in ResidenceTitle.objects.all()},
    )
    made = []
    for one in people:
        plain = {key: one[key] for key in ("sex", "birth", "arrived")}
        person = Person.objects.create(organisation=point.organisation, point=point, **plain)
        made.append(person)
        for row in one["citizenships"]:
            Citizenship.objects.create(person=person, **row)
        for row in one["titles"]:
            TitleHeld.objects.create(person=person, **row | {"title": titles[row["title"]]})
        for row in one["dwellings"]:
            Dwelling.objects.create(person=person, **row | {"place": places[row["place"]]})
        for row in one["homes"]:
            days = {key: row[key] for key in ("valid_from", "valid_to")}
            HouseholdMember.objects.create(household=homes[row["home"]], person=person, **days)
    return made


def give(point: Point, service: str, day: date, people: list[Person]) -> int:
    """A support in the ledger; its id."""
    with door():
        support = Support.objects.create(
            organisation=point.organisation,
            point=point,
            service=Service.objects.get(code=service),
            day=day,
            booked_on=day,
        )
        SupportPerson.objects.bulk_create(SupportPerson(support=support, person=person) for person in people)
    return support.pk


def by_sql(tree: dict[str, Any]) -> dict[int, bool | None]:
    condition = on_ledger().compile(PAYERS.parse(tree))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s.id, {of_all(condition.sql)} FROM {LEDGER} GROUP BY s.id", condition.params)
        return dict(cursor.fetchall())


def told(facts: Facts) -> dict[str, Any]:
    """What was read, as `worlds.told_on` tells it."""
    held = {
        name: {(one.code, one.since) for one in getattr(facts, name)} for name in ("citizenships", "titles", "places")
    }
    spans = {
        name: (span.earliest, span.latest) if span else None
        for name, span in (("born", facts.born), ("arrived", facts.arrived))
    }
    home = facts.household
    return {"sex": facts.sex, "household": (home.size, home.has_minor) if home else None} | held | spans


LEAP = {
    "sex": "female",
    "birth": "2004-02-29",
    "arrived": "",
    "citizenships": [],
    "titles": [],
    "dwellings": [],
    "homes": [],
}


def facts_of(people: list[Any], day: date) -> list[Facts]:
    """What is known of these people on the day, by the piece of SQL that ranking payers asks."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {PEOPLE}", asked([(person, day) for person in people]))
        return [one.facts for one in known_from(cursor.fetchone()[0])]


@given(
    people=worlds.PEOPLE,
    days=st.lists(worlds.DAYS, min_size=1, max_size=3),
    service=st.sampled_from(["advice", "lesson"]),
    alone=worlds.EACH_FACT,
    trees=st.lists(worlds.trees(), min_size=1, max_size=3),
)
@example([LEAP], [date(2022, 2, 28), date(2022, 3, 1)], "advice", [], [{"fact": "age", "at_least": 18}])
@example([LEAP], [date(2022, 2, 28), date(2022, 3, 1)], "advice", [], [{"fact": "age", "at_most": 17}])
@example([LEAP], [date(2003, 1, 1)], "advice", [], [{"fact": "citizenship_class", "in": ["none-such"]}])
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_sql_and_python_agree(
    world: Point,
    people: list[dict[str, Any]],
    days: list[date],
    service: str,
    alone: list[dict[str, Any]],
    trees: list[dict[str, Any]],
) -> None:
    with transaction.atomic():
        made = settle(world, people)
        supports = {give(world, service, day, made): day for day in days}
        unnamed = give(world, service, days[0], [])
        known = {day: facts_of(made, day) for day in days}
        for day in days:
            assert [told(facts) for facts in known[day]] == [worlds.told_on(people, at, day) for at in range(len(made))]
        what = Given(service, "here")
        for tree in [*alone, *trees]:
            rule, found = PAYERS.parse(tree), by_sql(tree)
            for support, day in supports.items():
                cases = [Situation(day, {"person": facts, "support": what}) for facts in known[day]]
                assert found[support] is every(decide(rule, case).value for case in cases), (tree, day)
            nobody = Situation(days[0], {"person": Facts(), "support": what})
            assert found[unnamed] is decide(rule, nobody).value, tree
        transaction.set_rollback(True)
