"""Who pays: ranked, with reasons in words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.scope import acting
from przystan.funding.models import Allocation, Limit
from przystan.funding.queries.cases import Case, case_of
from przystan.funding.queries.counting import Span
from przystan.funding.queries.evidence import evidence_of
from przystan.funding.queries.indicators import figures
from przystan.funding.queries.payers import Ranked, chosen, rank_payers
from przystan.people.models import Citizenship, Person, TeamMember
from przystan.reference.models import CountryGroup, Place
from przystan.support.models import Service
from przystan.team.models import Point
from przystan.team.queries import actor_for
from tests import factories

DAY = date(2026, 6, 1)
THIRD = {"fact": "citizenship_class", "in": ["third_country"]}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def actor(point: Point) -> Actor:
    return factories.actor(point.organisation, "coordinator", point)


@pytest.fixture
def service() -> Service:
    return factories.service()


def romanian(point: Point) -> Person:
    CountryGroup.objects.create(group="EU", country="RO", valid_from=date(2007, 1, 1), source="test")
    person = factories.person(point, "Ana Popescu")
    Citizenship.objects.create(person=person, country="RO", valid_from=date(2019, 5, 4))
    return person


def ukrainian(point: Point, **values: Any) -> Person:
    person = factories.person(point, "Олена Коваленко", **values)
    Citizenship.objects.create(person=person, country="UA")
    return person


def rank(actor: Actor, point: Point, service: Service, *people: Person, minutes: int = 30) -> list[Ranked]:
    return rank_payers(actor, Case(people=people, of=service, day=DAY, point=point, minutes=minutes))


def test_a_refusal_says_since_when_and_whom_it_takes(actor: Actor, point: Point, service: Service) -> None:
    factories.programme(point.organisation, service, tree=THIRD)
    (found,) = rank(actor, point, service, romanian(point))
    assert found.verdict is False
    assert found.reasons == ("EU citizen since 4 May 2019; this programme takes third-country nationals",)


def test_those_that_can_pay_come_first_by_rank_then_the_undecided_then_the_refused(
    actor: Actor, point: Point, service: Service
) -> None:
    home = point.organisation
    refused = factories.programme(home, service, tree={"fact": "citizenship_class", "in": ["poland"]}, rank=1)
    undecided = factories.programme(home, service, tree={"fact": "age", "at_least": 18}, rank=1)
    outside = factories.programme(home, service, rank=1, outside=True)
    later = factories.programme(home, service, tree=THIRD, rank=7)
    first = factories.programme(home, service, rank=2)
    factories.programme(home, service, ends=date(2020, 1, 1))
    factories.programme(factories.organisation(), service)
    found = rank(actor, point, service, ukrainian(point))
    assert [one.programme for one in found] == [first, later, undecided, refused, outside]
    assert [one.word for one in found] == ["yes", "yes", "unknown", "no", "outside"]
    assert [one.suggested for one in found] == [True, False, False, False, False]
    assert found[2].reasons == ("birth date is not known",)
    assert "outside the centre; not counted here" in found[4].reasons[0]
    assert chosen(found, outside.ref) is None
    assert chosen(found, "") is None
    assert chosen(found, later.ref) is found[1]


def test_a_programme_pays_for_several_people_only_if_all_fit(actor: Actor, point: Point, service: Service) -> None:
    factories.programme(point.organisation, service, tree=THIRD)
    (found,) = rank(actor, point, service, ukrainian(point), romanian(point))
    assert found.verdict is False
    assert found.reasons == ("A. P.: EU citizen since 4 May 2019; this programme takes third-country nationals",)


def test_of_an_anonymous_contact_nothing_is_known(actor: Actor, point: Point, service: Service) -> None:
    home = point.organisation
    everyone = factories.programme(home, service)
    factories.programme(home, service, tree=THIRD)
    found = rank(actor, point, service)
    assert [one.verdict for one in found] == [True, None]
    assert found[0].programme == everyone
    assert found[0].reasons == ("this programme takes everyone",)
    assert found[1].reasons == ("citizenship is not known",)


def test_another_service_or_region_is_refused(actor: Actor, point: Point, service: Service) -> None:
    programme = factories.programme(point.organisation, factories.service())
    (found,) = rank(actor, point, service)
    assert found.reasons == ("this programme does not pay for: Advice",)
    programme.services.add(service)
    north = Place.objects.create(code="north", name="North", path=["north"])
    programme.territory.add(north)
    (found,) = rank(actor, point, service)
    assert (found.verdict, found.reasons) == (None, ("the town of this point is not known",))
    point.place = Place.objects.create(code="south", name="South", path=["south"])
    assert rank(actor, point, service)[0].verdict is False
    point.place = Place.objects.create(code="harbour", name="Harbour", path=["north", "harbour"])
    assert rank(actor, point, service)[0].verdict is True


@pytest.mark.parametrize(
    ("kind", "value", "of_two"),
    [("supports_per_person", 1, False), ("hours_per_person", 1, True), ("people", 1, True), ("hours", 1, True)],
)
def test_limits(actor: Actor, point: Point, service: Service, kind: str, value: int, of_two: bool) -> None:
    programme = factories.programme(point.organisation, service)
    Limit.objects.create(programme=programme, kind=kind, value=value)
    person = ukrainian(point)
    assert rank(actor, point, service, person)[0].verdict is True
    Allocation.objects.create(support=factories.support(point, service, person), programme=programme)
    assert rank(actor, point, service, person)[0].verdict is of_two
    other = rank(actor, point, service, factories.person(point, "Other"))[0]
    assert other.verdict is (kind != "people")
    Allocation.objects.create(support=factories.support(point, service, person), programme=programme)
    found = rank(actor, point, service, person)[0]
    assert found.verdict is (kind == "people")
    if kind == "hours_per_person":
        assert found.reasons == ("the limit would be exceeded: 1 hour for one person",)


def test_who_was_taken_back_is_new_to_a_full_limit(actor: Actor, point: Point, service: Service) -> None:
    programme = factories.programme(point.organisation, service)
    Limit.objects.create(programme=programme, kind="people", value=1)
    one, two = ukrainian(point), ukrainian(point)
    given = factories.pay(factories.support(point, service, one), programme)
    factories.reverse(given, DAY)
    factories.pay(factories.support(point, service, two), programme)
    assert rank(actor, point, service, one)[0].verdict is False
    assert rank(actor, point, service, two)[0].verdict is True


def test_the_unnamed_of_a_group_use_up_hours(actor: Actor, point: Point, service: Service) -> None:
    programme = factories.programme(point.organisation, service)
    Limit.objects.create(programme=programme, kind="hours", value=29)
    group = factories.support(point, service, kind="group", minutes=60, headcount=30)
    asked = {"day": DAY, "people": [], "of": service, "point": point, "minutes": 60}
    assert rank_payers(actor, Case(**asked, headcount=29))[0].verdict is True
    assert rank_payers(actor, Case(**asked, headcount=30))[0].verdict is False
    assert rank_payers(actor, case_of(group, []))[0].verdict is False


@pytest.mark.parametrize("kind", ["supports_per_person", "hours_per_person", "people", "hours"])
@pytest.mark.parametrize(
    ("first", "last", "given", "pays"),
    [
        (None, DAY, DAY - timedelta(days=9), False),
        (DAY, None, DAY, False),
        (DAY, None, DAY - timedelta(days=1), True),  # what came before the limit does not count against it
        (DAY + timedelta(days=1), None, DAY, True),  # it is not in force yet
        (None, DAY - timedelta(days=1), DAY - timedelta(days=9), True),  # nor any more
    ],
)
def test_a_limit_holds_on_its_days(
    actor: Actor,
    point: Point,
    service: Service,
    kind: str,
    first: date | None,
    last: date | None,
    given: date,
    pays: bool,
) -> None:
    programme = factories.programme(point.organisation, service)
    Limit.objects.create(programme=programme, kind=kind, value=1, valid_from=first, valid_to=last)
    person, other = ukrainian(point), factories.person(point, "Other")
    support = factories.support(point, service, other if kind == "people" else person, day=given, minutes=60)
    Allocation.objects.create(support=support, programme=programme)
    assert rank(actor, point, service, person)[0].verdict is pays


def test_what_a_protected_person_received_counts_for_who_works_with_them(point: Point, service: Service) -> None:
    """Their own limits hold for them too; what they received is in nobody else's total."""
    team = factories.actor(point.organisation, "lawyer", point)
    person = factories.person(point, "", team=[team], protected=True, alias="P-1")
    other = ukrainian(point)
    for kind, value in (("supports_per_person", 1), ("people", 1)):
        programme = factories.programme(point.organisation, service, name=kind)
        Limit.objects.create(programme=programme, kind=kind, value=value)
        Allocation.objects.create(support=factories.support(point, service, person), programme=programme)
    with acting(team):
        mine = {one.programme.name: one.verdict for one in rank(team, point, service, person)}
        others = {one.programme.name: one.verdict for one in rank(team, point, service, other)}
    assert mine == {"supports_per_person": False, "people": True}
    assert others == {"supports_per_person": True, "people": True}


@pytest.mark.parametrize("number", [1, 3])
def test_few_queries(
    actor: Actor, point: Point, service: Service, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        programme = factories.programme(point.organisation, service, tree=THIRD)
        Limit.objects.create(programme=programme, kind="people", value=5)
    people = [ukrainian(point) for _ in range(number)]
    people = list(Person.objects.seen_by(actor).filter(pk__in=[person.pk for person in people]))
    with audit.together(), django_assert_num_queries(2):  # that facts were read is written at the end, at once
        rank(actor, point, service, *people)


def test_reasons_are_for_those_who_may_know_the_facts(point: Point, service: Service) -> None:
    """A colleague of the same point who does not work with the person learns the answer, not the citizenship."""
    factories.programme(point.organisation, service, tree=THIRD)
    person = ukrainian(point)
    colleague = factories.actor(point.organisation, "adviser", point)
    with acting(colleague):
        told = rank(colleague, point, service, person)[0]
    assert told.verdict is True
    assert told.reasons == ("It depends on facts that you see when you work with the person.",)
    assert colleague.user_id
    TeamMember.objects.create(person=person, user_id=colleague.user_id, source="joined")
    with acting(colleague):
        assert "third-country" in " ".join(rank(colleague, point, service, Person.objects.get(pk=person.pk))[0].reasons)


def test_nothing_of_a_protected_person_is_in_any_number(point: Point, service: Service) -> None:
    """Not even for those who know of them: a report reads the same for everybody."""
    programme = factories.programme(point.organisation, service)
    counted = factories.indicator(programme, "people")
    known, hidden = ukrainian(point), ukrainian(point)
    reader = factories.user(point.organisation, "coordinator")
    TeamMember.objects.create(person=hidden, user=reader, source="named")
    for one in (known, hidden):
        factories.pay(factories.support(point, service, one), programme)
    by = actor_for(reader)
    assert by
    with acting(by):
        assert [one.number for one in figures(by, Span())] == [2]
    hidden.protected = True
    hidden.save()
    with acting(by):
        assert [one.number for one in figures(by, Span())] == [1]
        assert len(evidence_of(by, counted, Span())) == 1
