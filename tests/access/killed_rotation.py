"""A process that is killed again and again while it changes the centre's key. Run by test_key_files.

    python -m tests.access.killed_rotation DATABASE POINTS

For each point a child of this process does the work of `przystan keys rotate` and is killed there: before or after
the so-many-th statement, so also between an UPDATE and its COMMIT. Prints how it ended, and how many keys open.
"""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from typing import Any

import django

BATCH = 4


class Killer:
    """Kills this process at a point."""

    def __init__(self, point: int) -> None:
        self.left = point

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.step()
        found = execute(*args)
        self.step()
        return found


def rotate(point: int) -> None:
    from django.db import connection

    from przystan.access.keys import centre
    from przystan.project.cli import keys

    centre.BATCH = BATCH
    with connection.execute_wrapper(Killer(point)):
        keys.rotate(Namespace(code_file=None))


def readable() -> int:
    """How many data keys open."""
    from przystan.access.keys import data
    from przystan.access.models import DataKey

    return sum(len(data.secret_of(key)) == 32 for key in DataKey.objects.all())


def apart(work: Callable[[], object]) -> int:
    """The work in a child, which has connections of its own; returns its signal, or 0."""
    if pid := os.fork():
        return os.WTERMSIG(os.waitpid(pid, 0)[1])
    try:
        work()
    finally:
        sys.stdout.flush()
        os._exit(0)


def main() -> None:
    django.setup()
    from django.db import connections

    from przystan.access.keys import files
    from przystan.project.cli import keys

    connections.settings["default"]["NAME"] = sys.argv[1]
    keys.put_on_paper = lambda number, code_file=None: files.note(number)
    for point in range(1, int(sys.argv[2]) + 1):
        ended = apart(partial(rotate, point))
        print("killed" if ended == signal.SIGKILL else f"ended {ended}", flush=True)
        apart(lambda: print(readable()))


if __name__ == "__main__":
    main()
