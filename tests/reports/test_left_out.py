"""What reports leave out is told in numbers, to those alone who know of the protected people."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access import scope
from przystan.access.actors import Forbidden
from przystan.access.models import AuditEntry, User
from przystan.funding.models import Programme
from przystan.people.models import Person
from przystan.reports.queries import LeftOut, left_out
from przystan.reports.rules import WHOLE, Period, month
from przystan.team.models import Point
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
THERE = "reports:left_out"
JUNE, JULY = month(2026, 6), month(2026, 7)


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def manager(point: Point) -> User:
    return factories.user(point.organisation, "case_manager")


@pytest.fixture
def programme(point: Point, manager: User) -> Programme:
    """Two protected people of the manager: five entries, one taken back, one of a group, one that nobody pays for."""
    service = factories.service()
    paid = factories.programme(point.organisation, service)
    first, second, stranger = (_protected(point, *team) for team in ([manager], [manager], []))
    other = factories.person(point)
    for people in ([first], [first], [first, second], [second, other], [stranger], [other]):
        factories.pay(factories.support(point, service, *people, minutes=60), paid)
    wrong = factories.pay(factories.support(point, service, second, minutes=90), paid)
    factories.reverse(wrong, date(2026, 7, 2))
    factories.support(point, service, second, minutes=15)
    return paid


def _protected(point: Point, *team: User) -> Person:
    return factories.person(point, team=team, protected=True, alias=f"P-{len(team)}{Person.objects.count()}")


def told(user: User, period: Period = WHOLE) -> list[LeftOut]:
    actor = actor_for(user)
    assert actor
    with scope.acting(actor):
        return left_out(actor, period)


def numbers(user: User, period: Period = WHOLE) -> list[tuple[Programme | None, int, int, float]]:
    return [(one.programme, one.people, one.supports, one.hours) for one in told(user, period)]


def test_numbers_by_programme(manager: User, programme: Programme) -> None:
    # Supports: two of the first alone, one of both; hours: 1 + 1 + 2. The group with others counts by itself.
    assert numbers(manager) == [(programme, 2, 3, 4.0), (None, 1, 1, 0.25)]


def test_numbers_of_a_period_take_back_in_their_own(manager: User, programme: Programme) -> None:
    assert numbers(manager, JUNE) == [(programme, 2, 4, 5.5), (None, 1, 1, 0.25)]
    assert numbers(manager, JULY) == [(programme, 0, -1, -1.5)]


def test_who_has_only_what_was_taken_back_was_not_reached(point: Point, manager: User) -> None:
    paid, person = factories.programme(point.organisation), _protected(point, manager)
    wrong = factories.pay(factories.support(point, factories.service(), person, minutes=60), paid)
    assert [one.people for one in told(manager)] == [1]
    factories.reverse(wrong, date(2026, 7, 2))
    assert told(manager) == []


def test_results_are_told_too_and_who_has_nothing_else(point: Point, manager: User) -> None:
    counting, kind = factories.programme(point.organisation), factories.result_kind()
    first, second = _protected(point, manager), _protected(point, manager)
    stranger, other = _protected(point), factories.person(point)
    for person in (first, first, second, stranger, other):
        factories.count_for(factories.result(point, kind, person, JUNE.first), counting)
    wrong = factories.count_for(factories.result(point, kind, second, JUNE.first), counting)
    factories.reverse_result(wrong, date(2026, 7, 2))
    factories.result(point, kind, second, JUNE.first)
    assert [(one.programme, one.results, one.achievers, one.people, one.supports) for one in told(manager)] == [
        (counting, 3, 2, 0, 0),
        (None, 1, 1, 0, 0),
    ]
    assert [(one.programme, one.results, one.achievers) for one in told(manager, JULY)] == [(counting, -1, 0)]
    looks = AuditEntry.objects.filter(action="read", actor_id=manager.pk, tier=4).values_list("object_ref", flat=True)
    assert set(looks) == {first.ref, second.ref}


def test_nothing_of_people_of_others(point: Point, programme: Programme) -> None:
    assert told(factories.user(point.organisation, "case_manager")) == []
    for role in ("coordinator", "grant_officer", "adviser", "director"):
        with pytest.raises(Forbidden):
            told(factories.user(point.organisation, role))


def test_the_look_is_noted_once_for_each_person(manager: User, programme: Programme) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(manager)
    answer = client.get(reverse(THERE)).content.decode()
    assert programme.name in answer
    rows = AuditEntry.objects.filter(action="read", actor_id=manager.pk)
    assert {row.object_ref for row in rows} == {person.ref for person in Person.objects.filter(team__user=manager)}
    assert [row.tier for row in rows] == [4, 4]


@pytest.mark.parametrize("role", ["coordinator", "grant_officer", "adviser", "auditor"])
def test_others_find_no_page(point: Point, role: str) -> None:
    client = Client()
    client.force_login(factories.user(point.organisation, role))
    assert client.get(reverse(THERE)).status_code == 404
