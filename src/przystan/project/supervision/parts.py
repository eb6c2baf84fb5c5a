"""What is kept alive, all seen alike: start it, ask whether it lives, ask whether it is of use."""

import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from przystan.project import cluster

from . import programs

ANSWER = 3.0  # seconds that the pages have for saying that they are there


class Part(Protocol):
    """`name` as it stands on the board."""

    name: str

    def start(self) -> None:
        """Begin; does not wait until it is of use."""

    def ended(self) -> str:
        """Why it has ended, in a few words for the log; "" while it lives."""

    def is_ready(self) -> bool:
        """Whether it is of use now."""

    def lost(self) -> int:
        """How many of its own processes it has lost and replaced since it was last asked."""


class Program:
    """A program of ours. Ready as soon as `ready` says so; without it, as soon as it lives."""

    orphaned = signal.SIGTERM  # what it gets when we are killed

    def __init__(self, name: str, command: list[str], ready: Callable[[], bool] = lambda: True) -> None:
        self.name, self.command, self.is_ready = name, command, ready
        self.variables: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = programs.spawn(self.command, self.variables, orphaned=self.orphaned)

    def ended(self) -> str:
        if self.process is None or (code := self.process.poll()) is None:
            return ""
        programs.end_group(self.process.pid)
        return programs.how_it_ended(code)

    def lost(self) -> int:
        return 0


class Pages(Program):
    """The web server, which replaces its own processes; these are watched too, so that it is said."""

    # Asked to stop just after a start it may wait for ever for its own processes, and hold the port of its successor.
    orphaned = signal.SIGKILL

    def __init__(self, command: list[str], url: str) -> None:
        super().__init__("pages", command, lambda: answers(f"{url}healthz"))
        self.inner: set[int] = set()

    def start(self) -> None:
        super().start()
        self.inner = set()

    def lost(self) -> int:
        before, self.inner = self.inner, children(self.process.pid) if self.process else set()
        return len(before - self.inner)


class Database:
    """The embedded server, started by our share in it."""

    name = "database"

    def __init__(self, share: cluster.Share) -> None:
        self.share = share

    def start(self) -> None:
        self.share.revive()

    def ended(self) -> str:
        return "" if self.share.lives() else self.share.last_words()

    def is_ready(self) -> bool:
        return cluster.status(self.share.places.centre) is cluster.Status.UP

    def lost(self) -> int:
        return 0


def answers(url: str) -> bool:
    """Whether there is any answer at an address, whatever it says."""
    try:
        with urllib.request.urlopen(url, timeout=ANSWER):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def children(pid: int) -> set[int]:
    """Processes that a process has started and not yet seen the end of; none where the system does not tell."""
    found: set[int] = set()
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found |= {int(one) for one in thread.read_text().split()}
        except OSError:
            continue
    return found
