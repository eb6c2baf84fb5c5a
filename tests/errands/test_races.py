"""Nothing made of what was known before somebody was hidden or erased is kept, however close the two come."""

import time
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, connections

from przystan.access.copies import throw_copies
from przystan.access.leaving import excluded
from przystan.access.scope import acting
from przystan.errands import actions, tasks
from przystan.errands.enums import ErrandState
from przystan.errands.models import Errand
from przystan.errands.runners import Result, Runner, Tell, Values, declared
from przystan.people.rights import PEOPLE_READ
from przystan.team.models import Organisation, Point
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.at_once import PATIENCE, together
from tests.harness.scope import acting_tests

CODE = "tests.race"
WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
Hiding = Callable[["House"], None]


class House:
    """A runner that reads a name, notes that it did, and gives the name; hiding replaces the name."""

    def __init__(self) -> None:
        self.centre = factories.organisation()
        self.point = factories.point(self.centre)
        self.person = factories.person(self.point)
        self.user = factories.user(self.centre, "coordinator")
        actor = actor_for(self.user)
        assert actor
        self.actor, self.leads = actor, factories.actor(self.centre, "coordinator")
        self.meanwhile: Callable[[], object] = lambda: None
        self.tries = 0

    def run(self, by: Any, asked: Values, tell: Tell) -> Result:
        self.tries += 1
        name = Organisation.objects.get(pk=self.centre.pk).name
        point = Point.objects.get(pk=self.point.pk)
        Point.objects.filter(pk=self.point.pk).update(address=point.address + "x")
        if self.tries == 1:
            self.meanwhile()
        return Result(name.encode(), "a.csv", "text/csv")

    def ask(self) -> Errand:
        with acting(self.actor):
            return actions.ask(by=self.actor, code=CODE, values={})

    def hide(self, throw: Hiding, then: Callable[[], object] = lambda: None) -> None:
        """In one transaction, which `then` holds open."""
        with acting(self.leads):
            Organisation.objects.filter(pk=self.centre.pk).update(name="hidden")
            throw(self)
            then()


def protected(house: House) -> None:
    throw_copies(house.centre.pk)


def kept_away(house: House) -> None:
    excluded(house.leads, house.person, house.user)


@pytest.fixture
def house(committed: None) -> Iterator[House]:
    with acting_tests():
        made = House()
    declared()[CODE] = Runner(CODE, "A race", (PEOPLE_READ,), made.run, lambda asked: "/people/")
    yield made
    del declared()[CODE]


def made_anew(house: House, errand: Errand, tries: int = 2) -> None:
    found = Errand.objects.get(pk=errand.pk)
    assert (found.state, found.trouble, found.content, house.tries) == (ErrandState.DONE, "", b"hidden", tries)
    assert Point.objects.get(pk=house.point.pk).address == "x", "what a run wrote that was not kept is undone"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        Event().wait(0.01)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return bool(cursor.fetchone()[0])


BOTH = pytest.mark.parametrize("throw", [protected, kept_away])


@BOTH
def test_asked_and_run_before_the_commit_of_hiding(house: House, throw: Hiding) -> None:
    thrown, over, asked = Event(), Event(), []

    def hold() -> None:
        thrown.set()
        until(lambda: somebody_waits() or over.is_set())

    def work() -> None:
        thrown.wait(PATIENCE)
        asked.append(house.ask())
        tasks.run(asked[0].ref)
        over.set()

    assert together(lambda: house.hide(throw, hold), work) == [None, None]
    made_anew(house, asked[0], tries=1)


@BOTH
def test_begun_before_and_finished_after(house: House, throw: Hiding) -> None:
    errand = house.ask()
    house.meanwhile = lambda: together(lambda: house.hide(throw))
    assert together(lambda: tasks.run(errand.ref)) == [None]
    made_anew(house, errand)


@BOTH
def test_begun_before_and_finished_while_hiding_is_not_committed(house: House, throw: Hiding) -> None:
    errand, read, thrown, over = house.ask(), Event(), Event(), Event()

    def meanwhile() -> None:
        read.set()
        thrown.wait(PATIENCE)

    def hold() -> None:
        thrown.set()
        until(lambda: somebody_waits() or over.is_set())

    def hide() -> None:
        read.wait(PATIENCE)
        house.hide(throw, hold)

    def work() -> None:
        tasks.run(errand.ref)
        over.set()

    house.meanwhile = meanwhile
    assert together(hide, work) == [None, None]
    made_anew(house, errand)


def test_what_is_thrown_away_while_it_is_made_does_not_come_back(house: House) -> None:
    errand = house.ask()

    def delete() -> None:
        with acting(house.actor):
            Errand.objects.filter(pk=errand.pk).delete()

    house.meanwhile = lambda: together(delete)
    assert together(lambda: tasks.run(errand.ref)) == [None]
    assert (Errand.objects.filter(pk=errand.pk).exists(), house.tries) == (False, 1)
    assert Point.objects.get(pk=house.point.pk).address == ""


def test_rows_that_go_while_they_are_read(house: House) -> None:
    errand = house.ask()

    def meanwhile() -> None:
        together(lambda: house.hide(protected))
        raise ObjectDoesNotExist

    house.meanwhile = meanwhile
    assert together(lambda: tasks.run(errand.ref)) == [None]
    made_anew(house, errand)


def test_who_is_kept_away_from_nobody_keeps_what_is_made(house: House) -> None:
    errand, other = house.ask(), factories.user(house.centre, "coordinator")
    house.meanwhile = lambda: together(lambda: house.hide(lambda house: excluded(house.leads, house.person, other)))
    assert together(lambda: tasks.run(errand.ref)) == [None]
    assert (Errand.objects.get(pk=errand.pk).state, house.tries) == (ErrandState.DONE, 1)


def test_it_is_given_up_in_words(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MOST_RUNS", 1)
    errand = house.ask()
    house.meanwhile = lambda: together(lambda: house.hide(protected))
    assert together(lambda: tasks.run(errand.ref)) == [None]
    found = Errand.objects.get(pk=errand.pk)
    assert (found.state, found.content) == (ErrandState.FAILED, b"")
    assert found.trouble


def test_two_that_are_asked_at_once_are_counted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_OPEN", 1)

    def one(what: int) -> Callable[[], object]:
        def ask() -> object:
            with acting(house.actor):
                return actions.ask(by=house.actor, code=CODE, values={"what": what})

        return ask

    found = together(one(1), one(2))
    assert sorted(type(each).__name__ for each in found) == ["Errand", "TooMany"]
    connections.close_all()
