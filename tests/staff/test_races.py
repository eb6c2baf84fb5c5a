"""Two at once on one thing: who comes second waits for the first, and is told what is so by then."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone

from przystan.access.actors import Forbidden
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.staff import actions
from przystan.staff.models import Hour, Worker
from tests.harness.database import connect_to
from tests.staff import making
from tests.staff.conftest import House, built

PATIENCE = 20
TODAY = timezone.localdate()
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)
Work = Callable[[], object]
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"


@pytest.fixture
def house(committed: None) -> House:
    return built()


class Second(threading.Thread):
    """Does its work on a connection of its own; `told` is what it returned or raised."""

    def __init__(self, house: House, who: str, work: Work) -> None:
        super().__init__(daemon=True)
        self.house, self.who, self.work = house, who, work
        self.pid, self.told = 0, None  # type: int, object

    def run(self) -> None:
        try:
            with acting(self.house.actor(self.who)):
                self.pid = connection.connection.info.backend_pid
                self.told = self.work()
        except Exception as error:
            self.told = error
        finally:
            connections.close_all()

    def until_it_waits(self) -> None:
        """Returns when it waits for a row that somebody holds, or has done all without waiting."""
        deadline = time.monotonic() + PATIENCE
        with connect_to(connections.settings["default"]) as other:
            while self.is_alive() and time.monotonic() < deadline:
                if self.pid and other.execute(WAITS, [self.pid]).fetchone() == (1,):
                    return
                self.join(0.01)
        assert not self.is_alive(), "the second neither waits nor ends"


def overtaking(house: House, first: tuple[str, Work], second: tuple[str, Work]) -> object:
    """What the second is told, who begins when the first has done its work and not ended yet."""
    who, work = first
    waiting = Second(house, *second)
    with acting(house.actor(who)):
        work()
        waiting.start()
        waiting.until_it_waits()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    return waiting.told


@pytest.fixture
def hour(house: House) -> Hour:
    """Hasan noted last month what he did for the adviser."""
    return making.hour(
        house.hasan, day=LAST_MONTH, for_user=house.users["adviser"], noted_by=house.users["interpreter"]
    )


def confirming(house: House, who: str, hour: Hour) -> tuple[str, Work]:
    return who, lambda: actions.confirm_hour(by=house.actor(who), hour=Hour.objects.get(pk=hour.pk))


def taking_back(house: House, who: str, hour: Hour) -> tuple[str, Work]:
    return who, lambda: actions.take_back_hour(by=house.actor(who), hour=Hour.objects.get(pk=hour.pk))


def deeds(hour: Hour, action: str) -> int:
    return AuditEntry.objects.filter(action=action, object_ref=hour.ref).count()


def test_of_two_who_confirm_at_once_the_first_did(house: House, hour: Hour) -> None:
    told = overtaking(house, confirming(house, "lead", hour), confirming(house, "adviser", hour))
    assert isinstance(told, ValidationError)
    assert "needs no word" in told.messages[0]
    hour.refresh_from_db()
    assert hour.confirmed_by == house.users["lead"]
    assert deeds(hour, "staff.confirm_hour") == 1


def test_what_is_taken_back_meanwhile_is_not_confirmed(house: House, hour: Hour) -> None:
    told = overtaking(house, taking_back(house, "interpreter", hour), confirming(house, "adviser", hour))
    assert isinstance(told, ValidationError)
    hour.refresh_from_db()
    assert hour.confirmed_at is None
    assert hour.reversed_by.booked_on == LAST_MONTH


def test_what_is_confirmed_meanwhile_is_taken_from_the_month_of_today(house: House, hour: Hour) -> None:
    """The month that somebody confirmed, and may have paid by, stays as it was."""
    counter = overtaking(house, confirming(house, "adviser", hour), taking_back(house, "interpreter", hour))
    assert isinstance(counter, Hour)
    assert counter.booked_on == TODAY
    hour.refresh_from_db()
    assert hour.confirmed_by == house.users["adviser"]


def test_of_two_who_take_back_at_once_one_does(house: House, hour: Hour) -> None:
    told = overtaking(house, taking_back(house, "interpreter", hour), taking_back(house, "lead", hour))
    assert isinstance(told, ValidationError)
    assert Hour.objects.filter(reverses=hour).count() == 1
    assert deeds(hour, "staff.take_back_hour") == 1


def noting(house: House, who: str, first: int, last: int, **more: Any) -> tuple[str, Work]:
    """Today, from one hour to the other, for the point."""
    at = timezone.datetime  # type: ignore[attr-defined]
    spent = actions.Spent(
        day=TODAY - timedelta(days=1),
        starts=at(2000, 1, 1, first).time(),
        ends=at(2000, 1, 1, last).time(),
        for_point=house.here,
    )
    worker = Worker.objects.get(pk=house.hasan.pk)
    return who, lambda: actions.note_hour(by=house.actor(who), worker=worker, spent=spent, **more)


def test_two_who_note_the_same_time_at_once_do_not_pay_it_twice(house: House) -> None:
    told = overtaking(house, noting(house, "interpreter", 9, 11), noting(house, "lead", 10, 12))
    assert isinstance(told, ValidationError)
    assert "Noted already" in str(told)
    assert Hour.objects.filter(worker=house.hasan).count() == 1


def test_one_form_sent_twice_at_once_notes_one_hour(house: House) -> None:
    token = uuid4()
    sent = noting(house, "interpreter", 9, 11, form_token=token)
    found = overtaking(house, sent, sent)
    assert found == Hour.objects.get(worker=house.hasan)


def test_what_two_note_beside_each_other_stands_both(house: House) -> None:
    told = overtaking(house, noting(house, "interpreter", 9, 11), noting(house, "lead", 11, 12))
    assert isinstance(told, Hour)
    assert Hour.objects.filter(worker=house.hasan).count() == 2


def test_noted_by_one_and_confirmed_by_another_at_once_needs_both_words(house: House, hour: Hour) -> None:
    """Who notes a counter-entry while a colleague confirms it before it is there confirms nothing of it."""
    counter = overtaking(house, confirming(house, "adviser", hour), taking_back(house, "interpreter", hour))
    assert isinstance(counter, Hour)
    told = overtaking(house, confirming(house, "lead", counter), confirming(house, "interpreter", counter))
    assert isinstance(told, Forbidden)
    counter.refresh_from_db()
    assert (counter.noted_by, counter.confirmed_by) == (house.users["interpreter"], house.users["lead"])


def test_a_paper_is_struck_out_once(house: House) -> None:
    proof = making.proof(house.hasan)
    strike = lambda who: (who, lambda: actions.strike_proof(by=house.actor(who), proof=proof))  # noqa: E731
    assert isinstance(overtaking(house, strike("lead"), strike("lead of all")), Forbidden)
    proof.refresh_from_db()
    assert proof.struck_by == house.users["lead"]
