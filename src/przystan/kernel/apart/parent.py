"""Starting the process that reads, listening to it, and ending it when it takes too long or is not wanted any more."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import Enum
from threading import Event, Thread
from time import monotonic
from typing import Any, BinaryIO

from .child import TOO_MUCH

LONGEST = 8 * 1024 * 1024  # bytes of one message
TICK = 1.0  # seconds between two looks at the clock
SLACK = 4  # seconds by the clock for each of processor time: others work too


@dataclass(frozen=True)
class Bounds:
    """What the process may use: seconds of processor time, bytes of memory."""

    seconds: int
    memory: int


class Why(Enum):
    """How a process ended that did not end its work."""

    SLOW = "too_slow"
    MEMORY = "too_much_memory"
    BROKEN = "broken"
    UNWANTED = "unwanted"


class Ended(Exception):
    """The process ended before its work; `why` says how."""

    def __init__(self, why: Why):
        super().__init__(why.value)
        self.why = why


@contextmanager
def messages(
    module: str, order: Any, contents: Iterable[bytes], bounds: Bounds, wanted: Callable[[], bool] = lambda: True
) -> Iterator[Iterator[Any]]:
    """What `module` (run as a program, see `child.serve`) says about the contents of a file, message by message.

    Raises Ended out of the messages. `wanted` is asked each second, from another thread; False ends the work.
    """
    with _file(contents) as file, _process(module, file) as process:
        watch = _Watch(process, bounds.seconds * SLACK, wanted)
        watch.start()
        try:
            _order(process, [asdict(bounds), order])
            yield _heard(process, watch)
        finally:
            watch.done.set()
            watch.join()


@contextmanager
def _file(contents: Iterable[bytes]) -> Iterator[BinaryIO]:
    """The contents in a file that has no name, and where possible lies on no disk."""
    memory = hasattr(os, "memfd_create")
    with open(os.memfd_create("read-apart"), "w+b") if memory else tempfile.TemporaryFile() as file:
        for part in contents:
            file.write(part)
        file.seek(0)
        yield file


@contextmanager
def _process(module: str, file: BinaryIO) -> Iterator[subprocess.Popen[bytes]]:
    # Isolated, and with nothing of our environment: no address of a database, no place of a key.
    command = [sys.executable, "-I", "-X", "utf8", "-m", module, str(file.fileno())]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(  # noqa: S603
        command, **pipes, env={}, cwd="/", pass_fds=[file.fileno()], start_new_session=True
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _order(process: subprocess.Popen[bytes], order: Any) -> None:
    assert process.stdin
    with suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(json.dumps(order).encode())


def _heard(process: subprocess.Popen[bytes], watch: "_Watch") -> Iterator[Any]:
    pipe = process.stdout
    assert pipe
    while line := watch.waiting(lambda: pipe.readline(LONGEST)):
        if not line.endswith(b"\n"):
            break
        try:
            yield json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Ended(Why.BROKEN) from error
    if line and not watch.why:
        raise Ended(Why.BROKEN)
    if code := watch.waiting(process.wait):
        raise Ended(watch.why or _why(code))


def _why(code: int) -> Why:
    if code == -signal.SIGXCPU:
        return Why.SLOW
    return Why.MEMORY if code in (TOO_MUCH, -signal.SIGKILL) else Why.BROKEN


class _Watch(Thread):
    """Ends the process after `left` seconds of waiting for it, or when nobody wants it; `why` says which."""

    def __init__(self, process: subprocess.Popen[bytes], left: float, wanted: Callable[[], bool]):
        super().__init__(daemon=True)
        self.process, self.left, self.wanted = process, left, wanted
        self.done, self.since = Event(), 0.0
        self.why: Why | None = None

    def waiting(self, work: Callable[[], Any]) -> Any:
        """Do what may take long; the time counts."""
        self.since = monotonic()
        try:
            return work()
        finally:
            self.left -= monotonic() - self.since
            self.since = 0.0

    def run(self) -> None:
        while not self.done.wait(TICK):
            since = self.since
            if since and monotonic() - since > self.left:
                self.why = Why.SLOW
            elif not self._is_wanted():
                self.why = Why.UNWANTED
            if self.why:
                self.process.kill()
                return

    def _is_wanted(self) -> bool:
        try:
            return self.wanted()
        except Exception:  # who is asked may be away for a moment, as a database that starts again: the clock runs on
            return True
