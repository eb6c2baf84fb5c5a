"""The disk of the embedded database runs full while it writes: it stops, and comes back once there is room."""

import logging
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from przystan.project.cluster import Share
from przystan.project.cluster.server import connect
from przystan.project.supervision.board import Note, State
from przystan.project.supervision.parts import Database
from przystan.project.supervision.supervisor import Watch
from tests.harness.centre import eventually

pytestmark = pytest.mark.drill

MB = 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, small."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=220m,mode=0755", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        try:
            while True:
                file.write(b"\0" * MB)
                file.flush()
        except OSError:
            os.ftruncate(file.fileno(), os.fstat(file.fileno()).st_size)
    return ballast


def test_a_full_disk_that_is_freed_is_enough(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    share = Share(disk / "centre", safe=False)
    with share:
        watch = Watch(Database(share), Note(State.OK))

        def tended() -> State:
            watch.tend(time.monotonic())
            return watch.note.state

        with connect(share.places) as database:
            database.execute("CREATE TABLE kept AS SELECT 'still here' AS word")
            ballast = fill(disk)
            with pytest.raises(psycopg.OperationalError):
                write_log(database)
        eventually(lambda: tended() is State.RESTARTING and "The disk that holds" in caplog.text)
        ballast.unlink()
        eventually(lambda: tended() is State.OK)
        with connect(share.places) as database:
            assert database.execute("SELECT word FROM kept").fetchone() == ("still here",)
            database.execute("INSERT INTO kept VALUES ('again')")


def write_log(database: psycopg.Connection[tuple[object, ...]]) -> None:
    """Write into PostgreSQL's log of changes alone, until there is no room for it."""
    for _ in range(20_000):
        database.execute("SELECT pg_logical_emit_message(true, 'test', repeat('x', 100000))")
