"""Somebody writes while figures are counted to be kept: nothing stale ever looks fresh."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from przystan.access.actors import counter, system
from przystan.access.doors import door
from przystan.access.scope import acting
from przystan.funding.actions import keeping
from przystan.funding.models import KeptFigure, Touched
from tests.harness import database
from tests.harness.scope import acting_tests

from . import histories
from .histories import World
from .test_kept import differences

PATIENCE = 30  # seconds; nothing waits so long unless it is broken
CHANGES = (
    *("give", "give_many", "take_back", "amend", "amend_people", "other_household", "pay_otherwise", "nobody_pays"),
    *("merge_two", "protect", "erase", "learn_a_fact", "move_in", "come_of_it", "change_a_result"),
)


@pytest.fixture(scope="module")
def world(committed: None) -> World:
    with acting_tests():
        made = World("two at once")
        with door():
            for name in ("give", "give_many", "come_of_it", "learn_a_fact") * 4:
                histories.ACTS[name](made)
        made.keep()
        return made


class Apart(threading.Thread):
    """Does something in a connection of its own, and stops where it calls `pause`."""

    def __init__(self, work: Callable[["Apart"], object]) -> None:
        super().__init__(daemon=True)
        self.work, self.error, self.pid = work, None, 0
        self.stopped, self.go_on = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            with acting(system(0, "tests")):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    self.pid = cursor.fetchone()[0]
                self.work(self)
        except BaseException as error:
            self.error = error
        finally:
            self.stopped.set()
            connections.close_all()

    def pause(self) -> None:
        self.stopped.set()
        assert self.go_on.wait(PATIENCE)

    def ends(self) -> None:
        self.go_on.set()
        self.join(PATIENCE)
        assert not self.is_alive()
        if self.error:
            raise self.error


@contextmanager
def unfinished(work: Callable[[Apart], object]) -> Iterator[Apart]:
    """Something done in a transaction that ends after the block."""
    thread = Apart(work)
    thread.start()
    assert thread.stopped.wait(PATIENCE)
    yield thread
    thread.ends()


def changing(world: World, name: str) -> Callable[[Apart], None]:
    def work(thread: Apart) -> None:
        with door():
            histories.ACTS[name](world)
        thread.pause()

    return work


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_written_while_figures_are_counted_is_not_missed(world: World, name: str) -> None:
    world.keep()
    with unfinished(changing(world, name)):
        world.keep()  # does not see it yet
        assert differences(world)[0] == []
        KeptFigure.objects.all().delete()
        world.keep()  # nor when all is counted anew
        assert differences(world)[0] == []
    assert differences(world)[0] == [], name
    world.keep()
    assert differences(world)[0] == [], name


def test_notes_are_not_taken_away_under_somebody_who_counts(world: World) -> None:
    """A figure that was counted before a change must not appear after the note of the change has gone."""
    world.keep()
    KeptFigure.objects.all().delete()
    programme = world.programmes[0]

    def counting(thread: Apart) -> None:
        asked = iter((False, False, False))
        with acting(counter(world.organisation.pk)):
            keeping.keep(programme=programme, enough=lambda: next(asked, None) is None and (thread.pause() or True))

    with unfinished(counting) as counts:
        entry = world.support()
        assert entry
        with door():
            type(entry).objects.filter(organisation=world.organisation).update(minutes=5)
        assert Touched.objects.filter(what="support").exists()
        second = Apart(lambda thread: keeping.forget_touched())
        second.start()
        with database.owner() as watching:
            waits = waiting(watching, second)
        counts.ends()
        second.ends()
    assert waits, "taken away at once"
    assert differences(world)[0] == []


def waiting(watching: database.Connection, thread: Apart) -> bool:
    """Whether it is made to wait by somebody, before it ends."""
    while not thread.stopped.wait(0.01):
        found = watching.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [thread.pid]).fetchone()
        if found and found[0]:
            return True
    return False
