"""Keeps the parts alive: says what ended, waits a little, starts it again, and never gives up on what once ran."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import Path

from przystan.project.trouble import Exit, Trouble

from . import board, programs
from .backoff import Backoff
from .board import Board, Note, PartState
from .notify import tell_systemd
from .parts import Part, Program

log = logging.getLogger("przystan.supervision")
TICK = 0.1  # seconds between two looks
REMIND = 10.0  # seconds after which a slow start is said again
HOPELESS = 3  # ends in a row before anything was ever served: something is wrong that no patience mends
BOARD = "parts.json"


@dataclass
class Watch:
    """One part, and what is known of it."""

    part: Part
    note: Note
    backoff: Backoff = field(default_factory=Backoff)
    began: float = 0.0  # on the monotonic clock
    due: float | None = None  # when it is started again; None while it lives

    def tend(self, now: float) -> bool:
        """Look once, start again what is due; whether the note has changed."""
        before = self.note
        if self.due is not None:
            if now >= self.due:
                self.start(now)
        elif why := self.part.ended():
            self.has_ended(why, now)
        else:
            self.lives()
        return self.note != before

    def start(self, now: float) -> None:
        """Begin, or begin again. What cannot even begin has ended."""
        self.began, self.due = now, None
        try:
            self.part.start()
        except (OSError, Trouble) as error:
            self.has_ended(str(error), now)

    def has_ended(self, why: str, now: float) -> None:
        wait = self.backoff.wait(now - self.began)
        self.due = now + wait
        known = {"part": self.part.name, "ended": why, "wait_seconds": wait}
        log.warning("%s: ended (%s), starts again in %s s", self.part.name, why, wait, extra=known)
        moment = board.now()
        since = self.note.since if self.note.state is PartState.RESTARTING else moment
        self.note = Note(PartState.RESTARTING, since, moment)

    def hurry(self) -> None:
        """Start again now, if it waits: what it lacked is there."""
        if self.due is not None:
            self.due = 0.0

    def lives(self) -> None:
        if lost := self.part.lost():
            known = {"part": self.part.name, "lost": lost}
            log.warning("%s: %s processes ended and were replaced", self.part.name, lost, extra=known)
            self.note = replace(self.note, last_end=board.now())
        if self.note.state is not PartState.OK and self.part.is_ready():
            if self.note.state is PartState.RESTARTING:
                log.warning("%s: works again", self.part.name, extra={"part": self.part.name})
            self.note = replace(self.note, state=PartState.OK, since=board.now())


def run(programs_: Sequence[Program], others: Sequence[Part] = (), *, folder: Path, ready: Callable[[], None]) -> None:
    """Run programs, beside other parts that run already, until somebody stops us; `ready` once all are of use.

    `folder`: where the board stands. Raises Trouble when a program ends again and again before that.
    """
    watches = [Watch(part, Note(PartState.OK, board.now()), began=time.monotonic()) for part in others]
    watches += [Watch(program, Note(PartState.STARTING, board.now())) for program in programs_]
    with shown(watches, folder) as put, ending(programs_):
        for watch in watches[len(others) :]:
            watch.start(time.monotonic())
        tend_until(lambda: all(watch.note.state is PartState.OK for watch in watches), watches, put)
        ready()
        tell_systemd("READY=1")
        tend_until(lambda: False, watches, put, once_ran=True)


@contextmanager
def shown(watches: Sequence[Watch], folder: Path) -> Iterator[Callable[[Watch], None]]:
    """A board of all parts, told to the programs."""
    shown_on = Board(folder / BOARD)
    for watch in watches:
        shown_on.put(watch.part.name, watch.note)
        if isinstance(watch.part, Program):
            watch.part.variables = {board.VARIABLE: str(shown_on.path)}
    try:
        yield lambda watch: shown_on.put(watch.part.name, watch.note)
    finally:
        shown_on.close()


@contextmanager
def ending(some: Sequence[Program]) -> Iterator[None]:
    """However the block ends, none of the programs outlives it."""
    try:
        yield
    finally:
        tell_systemd("STOPPING=1")
        programs.stop(program.process for program in some if program.process)


def tend(watch: Watch, watches: Sequence[Watch]) -> bool:
    """Look after one part; whether its note has changed. When it is back, no other waits any longer."""
    was = watch.note.state
    changed = watch.tend(time.monotonic())
    if was is PartState.RESTARTING and watch.note.state is PartState.OK:
        for other in watches:
            other.hurry()
    return changed


def tend_until(
    done: Callable[[], bool], watches: Sequence[Watch], put: Callable[[Watch], None], *, once_ran: bool = False
) -> None:
    """Look after all parts until it is enough; says now and then that it still waits."""
    began = reminded = time.monotonic()
    while not done():
        for watch in watches:
            if tend(watch, watches):
                put(watch)
            if not once_ran and watch.backoff.ends >= HOPELESS:
                said = _("A part ended again and again: %(part)s. The lines above say why.")
                raise Trouble(said % {"part": watch.part.name}, Exit.FAILED)
        if not once_ran and time.monotonic() - reminded >= REMIND:
            reminded = time.monotonic()
            log.warning("still starting, %.0f s so far", reminded - began)
        time.sleep(TICK)
