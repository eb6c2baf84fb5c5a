"""One payer at most, chosen with a reason, never in a closed period."""

import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import translation

from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import door
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.funding import actions
from przystan.funding.actions.attribution import copy_allocation
from przystan.funding.models import Allocation, Programme
from przystan.ledger.models import Period
from przystan.support.actions import Recorded
from przystan.support.models import Service, Support
from przystan.team.models import Point
from tests import factories

DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def point(db: None) -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def adviser(point: Point) -> Actor:
    return factories.actor(point.organisation, "adviser", point)


@pytest.fixture
def service(db: None) -> Service:
    return factories.service()


@pytest.fixture
def support(point: Point, service: Service) -> Support:
    return factories.support(point, service, factories.person(point), day=DAY)


@pytest.fixture
def first(point: Point, service: Service) -> Programme:
    return factories.programme(point.organisation, service, rank=1, name="First")


@pytest.fixture
def second(point: Point, service: Service) -> Programme:
    return factories.programme(point.organisation, service, rank=2, name="Second")


def close(support: Support) -> None:
    Period.objects.create(organisation=support.organisation, starts=DAY, ends=DAY)


def test_the_suggested_payer_needs_no_reason(adviser: Actor, support: Support, first: Programme) -> None:
    row = actions.pay(by=adviser, support=support, payer=first.ref, reason="not needed").allocation
    assert row
    assert (row.programme, row.suggested, row.reason) == (first, first, "")
    assert AuditEntry.objects.exclude(action="read").get().action == "funding.attribute"


def test_another_payer_needs_a_reason(adviser: Actor, support: Support, first: Programme, second: Programme) -> None:
    with pytest.raises(actions.ReasonMissing), transaction.atomic():
        actions.pay(by=adviser, support=support, payer=second.ref, reason="  ")
    row = actions.pay(by=adviser, support=support, payer=second.ref, reason="agreed with the city").allocation
    assert row
    assert (row.programme, row.suggested, row.reason) == (second, first, "agreed with the city")


def test_reception_takes_the_suggested_one_only(
    point: Point, support: Support, first: Programme, second: Programme
) -> None:
    reception = factories.actor(point.organisation, "reception", point)
    with pytest.raises(Forbidden), transaction.atomic():
        actions.pay(by=reception, support=support, payer=second.ref, reason="because")
    assert actions.pay(by=reception, support=support, payer=first.ref).payer == first


def test_what_cannot_pay_is_refused_whatever_the_reason(adviser: Actor, support: Support, first: Programme) -> None:
    first.services.set([factories.service("Course")])
    with pytest.raises(actions.PayerRefused) as refusal, transaction.atomic():
        actions.pay(by=adviser, support=support, payer=first.ref, reason="please")
    assert refusal.value.messages == ["“First” cannot pay for this: this programme does not pay for: Advice."]
    Programme.objects.update(outside=True)
    with pytest.raises(actions.PayerRefused), transaction.atomic():
        actions.pay(by=adviser, support=support, payer=first.ref, reason="please")
    Programme.objects.update(outside=False, ends=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="does not run on that day"), transaction.atomic():
        actions.pay(by=adviser, support=support, payer=first.ref, reason="please")


def test_one_that_cannot_be_decided_yet_may_pay_with_a_reason(
    adviser: Actor, support: Support, first: Programme
) -> None:
    first.rules.update(tree={"fact": "age", "at_least": 18})
    with pytest.raises(actions.ReasonMissing), transaction.atomic():
        actions.pay(by=adviser, support=support, payer=first.ref)
    assert actions.pay(by=adviser, support=support, payer=first.ref, reason="surely grown up").payer


def test_a_second_payer_is_refused_in_words(adviser: Actor, support: Support, first: Programme) -> None:
    actions.pay(by=adviser, support=support, payer=first.ref)
    with pytest.raises(actions.PaidAlready, match="already"), transaction.atomic():
        actions.pay(by=adviser, support=support, payer=first.ref)
    assert Allocation.objects.count() == 1


def test_no_payer_has_three_meanings(adviser: Actor, support: Support, first: Programme) -> None:
    recorded = [Recorded(support, ())]
    for wish, meaning in [(actions.NOBODY, actions.Unpaid.CHOSEN), (actions.NOT_ASKED, actions.Unpaid.NOT_ASKED)]:
        found = actions.pay_all(by=adviser, recorded=recorded, wishes=[wish])[0]
        assert (found.unpaid, found.payer, found.ranked) == (meaning, None, ())
    first.services.clear()
    found = actions.pay(by=adviser, support=support)
    assert (found.unpaid, found.payer) == (actions.Unpaid.NONE_FITS, None)
    assert [one.word for one in found.ranked] == ["no"]
    assert not Allocation.objects.exists()


def test_the_payer_of_a_closed_support_stays(adviser: Actor, support: Support, first: Programme) -> None:
    close(support)
    with pytest.raises(actions.ClosedPeriod), transaction.atomic():
        actions.pay(by=adviser, support=support, payer=first.ref)
    Period.objects.all().delete()
    actions.pay(by=adviser, support=support, payer=first.ref)
    close(support)
    with pytest.raises(actions.ClosedPeriod), transaction.atomic():
        actions.withdraw(by=adviser, support=support, reason="wrong")
    assert Allocation.objects.get().programme == first


def test_a_counter_entry_keeps_the_payer(
    adviser: Actor, point: Point, service: Service, support: Support, first: Programme
) -> None:
    actions.pay(by=adviser, support=support, payer=first.ref)
    close(support)
    counter = factories.support(point, service, day=DAY, booked_on=date(2026, 7, 1), sign=-1, reverses=support)
    copy = copy_allocation(by=adviser, source=support, target=counter)
    assert copy
    assert (copy.programme, copy.support) == (first, counter)
    unpaid = factories.support(point, service, day=date(2026, 8, 1))
    assert copy_allocation(by=adviser, source=unpaid, target=counter) is None


def test_withdrawing(adviser: Actor, support: Support, first: Programme) -> None:
    actions.pay(by=adviser, support=support, payer=first.ref)
    with pytest.raises(actions.ReasonMissing), transaction.atomic():
        actions.withdraw(by=adviser, support=support, reason="")
    with pytest.raises(Support.DoesNotExist), transaction.atomic():
        actions.withdraw(by=factories.actor(factories.organisation()), support=support, reason="not mine")
    actions.withdraw(by=adviser, support=support, reason="wrong one")
    assert not Allocation.objects.exists()


def test_bulk_moves_leave_what_is_closed_or_refused(
    point: Point, service: Service, support: Support, first: Programme, second: Programme
) -> None:
    officer = factories.actor(point.organisation, "grant_officer")
    closed = factories.support(point, service, day=date(2026, 3, 1))
    late = factories.support(point, service, day=date(2026, 9, 1))
    foreign = factories.support(factories.point(factories.organisation()), service)
    with door():
        Allocation.objects.bulk_create(Allocation(support=one, programme=first) for one in (support, closed, late))
    Period.objects.create(organisation=point.organisation, starts=date(2026, 3, 1), ends=date(2026, 3, 31))
    Programme.objects.filter(pk=second.pk).update(ends=date(2026, 8, 1))
    second.refresh_from_db()
    ids = [support.pk, closed.pk, late.pk, foreign.pk]
    done = actions.reallocate(by=officer, supports=ids, to=second, reason="The auditor refused")
    assert (done.moved, done.refused, done.closed) == (1, 1, 1)
    assert {row.support_id for row in Allocation.objects.filter(programme=second)} == {support.pk}
    with pytest.raises(Forbidden):
        actions.reallocate(by=factories.actor(point.organisation), supports=ids, to=second, reason="x")


def test_a_bulk_move_takes_what_is_undecided_only_when_asked_to(
    point: Point, service: Service, support: Support, first: Programme
) -> None:
    """Nobody's age is known; a long reason is cut where the column ends."""
    officer = factories.actor(point.organisation, "grant_officer")
    adults = factories.programme(point.organisation, service, tree={"fact": "age", "at_least": 18})
    with door():
        Allocation.objects.create(support=support, programme=first)
    left = actions.reallocate(by=officer, supports=[support.pk], to=adults, reason="so agreed")
    assert (left.moved, Allocation.objects.get().programme) == (0, first)
    long = "x" * 299 + "y" + "z" * 99
    moved = actions.reallocate(by=officer, supports=[support.pk], to=adults, reason=long, undecided=True)
    assert (moved.moved, Allocation.objects.get().programme) == (1, adults)
    assert Allocation.objects.get().reason == long[:300]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_exactly_one_wins() -> None:
    point = factories.point(factories.organisation())
    service = factories.service()
    support = factories.support(point, service, factories.person(point), day=DAY)
    programme = factories.programme(point.organisation, service)
    actors = [factories.actor(point.organisation, "adviser", point) for _ in range(2)]
    start, told = threading.Barrier(2), list[str]()

    def choose(actor: Actor) -> None:
        try:
            with acting(actor):
                start.wait(timeout=10)
                actions.pay(by=actor, support=support, payer=programme.ref)
            told.append("chosen")
        except ValidationError as error:
            told.append(error.code or "")
        finally:
            connection.close()

    threads = [threading.Thread(target=choose, args=[actor]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(told) == ["chosen", "paid"]
    assert Allocation.objects.get(support=support).programme == programme
