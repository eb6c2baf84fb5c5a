"""Two who do something with one row at the same moment: what each row lock is for, tried.

A module says it in its own tests/<module>/races.py, a function for each place that holds rows:

    @holds("team.actions.roles._waiting", "a role is decided about once")
    def a_role() -> Race:
        ...
        return both(lambda: confirm_role(by=one, membership=row), lambda: refuse_role(by=other, membership=row))

No chance, no sleeping: the first stops before it writes, when it has read and locked; the second goes on until the
database makes it wait for the first, or, where nothing is locked, until it would write what it has made of old rows.
"""

import re
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection
from django.http import Http404
from django.http.response import HttpResponseBase

from przystan.access.actors import Actor, Forbidden
from przystan.access.scope import acting
from tests.harness import database

PATIENCE = 30  # seconds; nothing waits so long unless it is broken
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
HOLDS = re.compile(r" FOR (?:NO KEY )?UPDATE(?: OF \S+(?:, \S+)*)?(?: SKIP LOCKED)?")
REFUSALS = (ValidationError, Forbidden, ObjectDoesNotExist, Http404)

Work = Callable[[], object]
Results = list[object]


@dataclass
class Race:
    """What two do at once, each in a transaction of its own, and whether what came of it is right.

    `waits`: whether the second has to wait for the first; where it takes other rows instead, it has not. `written`: the
    first stops when it has written all, not before: what goes wrong otherwise is that the second does not see it yet.
    """

    first: Work
    second: Work
    right: Callable[[Results], bool]
    waits: bool = True
    written: bool = False


@dataclass
class Held:
    """A place in the sources that holds rows: what holds because of it, and how it is tried."""

    purpose: str
    race: Callable[[], Race]


HELD: dict[str, Held] = {}
TESTS = Path(__file__).parents[1]


def every() -> dict[str, Held]:
    """Of all modules."""
    for file in sorted(TESTS.glob("*/races.py")):
        import_module(f"tests.{file.parent.name}.races")
    return HELD


def holds(place: str, purpose: str) -> Callable[[Callable[[], Race]], Callable[[], Race]]:
    """Says of a race which lock it tries: module and function below `przystan`."""

    def keep(race: Callable[[], Race]) -> Callable[[], Race]:
        HELD[place] = Held(purpose, race)
        return race

    return keep


def by(actor: Actor, work: Work) -> Work:
    """The same, as this actor, in a transaction of its own."""

    def run() -> object:
        with acting(actor):
            result = work()
            pause()
            return result

    return run


def pause() -> None:
    """At the end of what is written and before others see it: where the first stops that holds rows by writing."""
    one = threading.current_thread()
    if isinstance(one, _Runner):
        one.stop()


def refused(result: object) -> bool:
    """Whether somebody was told that it cannot be (any more): by an exception of ours, or by a page."""
    if isinstance(result, HttpResponseBase):
        return result.status_code < 300 or result.status_code in (404, 409, 422)  # a form shown again, with the reason
    return isinstance(result, REFUSALS)


def one_of_two(results: Results) -> bool:
    """The first did it, the second was refused."""
    return not isinstance(results[0], Exception) and not refused(results[0]) and refused(results[1])


def run(race: Race, place: str, *, held: bool = True) -> tuple[Results, bool]:
    """What each returned or raised, and whether the second had to wait at `place`; not `held`: the lock taken away."""
    pair = [_Runner(race.first, place, held), _Runner(race.second, place, held)]
    first, second = pair
    if race.written:
        first.stops_late = True
        second.go_on.set()
    with database.owner() as watching:
        first.start()
        first.reaches(lambda: first.stopped.is_set())
        second.start()
        second.reaches(lambda: second.stopped.is_set() or _waits(watching, second, first))
        for one in pair:
            one.go_on.set()
            one.join(PATIENCE)
    assert not any(one.is_alive() for one in pair), f"{place}: they wait for each other"
    return [one.result for one in pair], second.waited


def _waits(watching: database.Connection, one: "_Runner", other: "_Runner") -> bool:
    """Whether the database makes one wait for the other."""
    found = watching.execute("SELECT %s = ANY(pg_blocking_pids(%s))", [other.pid, one.pid]).fetchone()
    blocked = bool(found and found[0])
    one.waited = blocked and one.inside
    return blocked


class _Runner(threading.Thread):
    """One of the two. `inside`: asks for rows at the place just now; `stopped`: has them, and would write."""

    def __init__(self, work: Work, place: str, held: bool) -> None:
        super().__init__(daemon=True)
        self.work, self.place, self.held = work, place, held
        self.result: object = None
        self.pid = 0
        self.inside = self.there = self.waited = self.stops_late = False
        self.stopped, self.go_on = threading.Event(), threading.Event()

    def reaches(self, what: Callable[[], bool]) -> None:
        """Wait until it is so far, or has ended."""
        ends = time.monotonic() + PATIENCE
        while not what() and self.is_alive():
            assert time.monotonic() < ends, f"{self.place}: nothing happens"
            self.stopped.wait(0.01)

    def stop(self) -> None:
        self.stopped.set()
        self.go_on.wait(PATIENCE)

    def run(self) -> None:
        try:
            with connection.execute_wrapper(self.watch):
                self.result = self.work()
        except Exception as error:
            self.result = error
        finally:
            connection.close()

    def watch(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.pid = connection.connection.info.backend_pid
        if isinstance(sql, str) and HOLDS.search(sql) and self.place == asking():
            self.inside = True
            answer = execute(sql if self.held else HOLDS.sub("", sql), params, many, context)
            self.inside, self.there = False, True
            return answer
        if self.there and not self.stops_late and not self.go_on.is_set() and WRITES.match(str(sql)):
            self.stop()
        return execute(sql, params, many, context)


def asking() -> str:
    """The function of the product, among those that hold rows, that asks for them now."""
    frame: Any = sys._getframe(1)
    while frame:
        name = f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_name}".removeprefix("przystan.")
        if name in HELD:
            return name
        frame = frame.f_back
    return ""
