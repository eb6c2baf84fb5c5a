"""A part that ends is started again, said, and shown on the board; nothing outlives the supervisor."""

import itertools
import logging
import os
import signal
import sys
from pathlib import Path

import pytest

from przystan.project.cluster import processes
from przystan.project.supervision import board, parts, supervisor
from przystan.project.supervision.board import Note, PartState
from przystan.project.supervision.parts import Pages, Program
from przystan.project.supervision.supervisor import HOPELESS, Watch
from przystan.project.trouble import Trouble


class Fake:
    """A part that ends when told to, and is ready when told to."""

    name = "worker"

    def __init__(self) -> None:
        self.why, self.ready, self.starts, self.gone = "", True, 0, 0
        self.trouble: Exception | None = None

    def start(self) -> None:
        self.starts += 1
        if self.trouble:
            raise self.trouble
        self.why = ""

    def ended(self) -> str:
        return self.why

    def is_ready(self) -> bool:
        return self.ready

    def lost(self) -> int:
        return self.gone


def watched() -> tuple[Fake, Watch]:
    part = Fake()
    watch = Watch(part, Note(PartState.STARTING))
    watch.start(0.0)
    watch.tend(0.1)
    assert watch.note.state is PartState.OK
    return part, watch


def test_an_end_is_said_shown_and_mended(caplog: pytest.LogCaptureFixture) -> None:
    part, watch = watched()
    part.why = "killed by SIGKILL"
    assert watch.tend(100.0)
    assert watch.note.state is PartState.RESTARTING
    assert watch.note.last_end == watch.note.since
    line = caplog.records[-1]
    assert (line.part, line.ended, line.wait_seconds) == ("worker", "killed by SIGKILL", 0.0)  # type: ignore[attr-defined]
    part.ready = False
    watch.tend(100.1)
    assert part.starts == 2
    assert not watch.tend(100.2), "not of use yet"
    part.ready = True
    assert watch.tend(100.3)
    assert watch.note.state is PartState.OK
    assert watch.note.last_end


def test_it_waits_longer_each_time_and_never_gives_up() -> None:
    part, watch = watched()
    now = 0.1
    starts = []
    for _ in range(600):
        part.why = "exit code 1"
        before = part.starts
        now += 0.1
        watch.tend(now)
        if part.starts > before:
            starts.append(now)
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert gaps == sorted(gaps) or max(gaps) < watch.backoff.longest + 0.3
    assert len(starts) > 12
    assert now - starts[-1] < watch.backoff.longest + 0.3


def test_what_waits_is_begun_as_soon_as_another_part_is_back() -> None:
    """The worker ended again and again because the database was away: it need not wait once it is there."""
    database, back = watched()
    worker, waiting = watched()
    for _ in range(6):
        worker.why = "exit code 75"
        waiting.has_ended(worker.why, 1.0)
    database.why = "ended from outside"
    back.tend(0.2)
    database.ready = False
    back.tend(0.3)
    before = worker.starts
    supervisor.tend(back, [back, waiting])
    waiting.tend(1.1)
    assert worker.starts == before, "the database is not of use yet"
    database.ready = True
    supervisor.tend(back, [back, waiting])
    waiting.tend(1.2)
    assert worker.starts == before + 1


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), Trouble("The disk is full.")])
def test_what_cannot_even_begin_is_tried_again(trouble: Exception) -> None:
    part, watch = watched()
    part.why, part.trouble = "killed", trouble
    watch.tend(50.0)
    watch.tend(50.1)
    assert watch.note.state is PartState.RESTARTING
    part.trouble = None
    watch.tend(60.0)
    watch.tend(60.1)
    assert watch.note.state is PartState.OK


def test_processes_that_a_part_replaced_itself_are_said(caplog: pytest.LogCaptureFixture) -> None:
    part, watch = watched()
    part.gone = 1
    assert watch.tend(1.0)
    assert watch.note.state is PartState.OK
    assert watch.note.last_end
    assert "1 processes ended and were replaced" in caplog.text


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


LIVES = python("import signal; signal.pause()")


class Enough(Exception):
    """The test has seen what it wanted."""


def test_programs_run_and_are_started_again_and_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Program("pages", LIVES), Program("worker", LIVES)
    seen: list[int] = []
    monkeypatch.setenv(board.VARIABLE, str(tmp_path / supervisor.BOARD))

    def look(seconds: float) -> None:
        """In place of sleeping: kill the worker once, leave when it is back."""
        assert other.process
        state = board.read().get("worker")
        if seen and other.process.pid not in seen and state and state.state is PartState.OK:
            seen.append(other.process.pid)
            raise Enough
        if ready and not seen:
            seen.append(other.process.pid)
            os.kill(other.process.pid, signal.SIGKILL)

    ready: list[bool] = []
    monkeypatch.setattr(supervisor.time, "sleep", look)
    with pytest.raises(Enough):
        supervisor.run([one, other], folder=tmp_path, ready=lambda: ready.append(True))
    assert ready == [True]
    assert one.process
    assert one.process.returncode == -signal.SIGTERM
    assert not any(processes.alive(pid) for pid in seen)
    assert not (tmp_path / supervisor.BOARD).exists()


def test_before_anything_was_served_it_gives_up_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(supervisor, "TICK", 0.01)
    never = Program("pages", python("raise SystemExit(3)"), ready=lambda: False)
    with pytest.raises(Trouble, match="again and again: pages"):
        supervisor.run([never], folder=tmp_path, ready=lambda: None)
    assert caplog.text.count("exit code 3") == HOPELESS


def test_a_slow_start_is_waited_for_and_said(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Minutes, on a busy machine; here they pass quickly."""
    clock = [0.0]

    def pass_by(seconds: float) -> None:
        clock[0] += 1.0

    monkeypatch.setattr(supervisor.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(supervisor.time, "sleep", pass_by)
    part = Fake()
    part.ready = False
    watch = Watch(part, Note(PartState.STARTING))
    watch.start(0.0)
    supervisor.tend_until(lambda: clock[0] > 200, [watch], lambda watch: None)
    assert caplog.text.count("still starting") == 20


def test_processes_of_the_pages_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = Pages(LIVES, "http://127.0.0.1:1/")
    pages.start()
    try:
        sets = iter([{1, 2}, {1, 2}, {1, 3}, {3}, {3, 4}])
        monkeypatch.setattr(parts, "children", lambda pid: next(sets))
        assert [pages.lost() for _ in range(5)] == [0, 0, 1, 1, 0]
    finally:
        parts.programs.stop([pages.process] if pages.process else [])


def test_who_started_what_is_asked_of_the_kernel() -> None:
    with Started(LIVES) as pid:
        assert pid in parts.children(os.getpid())
    assert parts.children(2**22 + 1) == set()


class Started:
    def __init__(self, command: list[str]) -> None:
        self.program = Program("some", command)

    def __enter__(self) -> int:
        self.program.start()
        assert self.program.process
        return self.program.process.pid

    def __exit__(self, *_: object) -> None:
        assert self.program.process
        parts.programs.stop([self.program.process])


@pytest.fixture(autouse=True)
def warnings_are_seen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
