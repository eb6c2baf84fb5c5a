"""The disk runs full while people write: they are told, nothing is lost, and all goes on once there is room."""

import logging
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from bench.faults import Run, judged
from bench.faults_centre import Centre
from bench.faults_writers import NOT_SENT, Writers

from przystan.project.cluster import Share
from przystan.project.cluster.server import connect
from przystan.project.supervision.board import Note, PartState
from przystan.project.supervision.parts import Database
from przystan.project.supervision.supervisor import Watch
from tests.harness.centre import eventually
from tests.harness.disk import disk, fill

pytestmark = pytest.mark.drill
__all__ = ["disk"]


def test_a_full_disk_that_is_freed_is_enough(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    share = Share(disk / "centre", safe=False)
    with share:
        watch = Watch(Database(share), Note(PartState.OK))

        def tended() -> PartState:
            watch.tend(time.monotonic())
            return watch.note.state

        with connect(share.places) as database:
            database.execute("CREATE TABLE kept AS SELECT 'still here' AS word")
            ballast = fill(disk)
            with pytest.raises(psycopg.OperationalError):
                write_log(database)
        eventually(lambda: tended() is PartState.RESTARTING and "The disk that holds" in caplog.text)
        ballast.unlink()
        eventually(lambda: tended() is PartState.OK)
        with connect(share.places) as database:
            assert database.execute("SELECT word FROM kept").fetchone() == ("still here",)
            database.execute("INSERT INTO kept VALUES ('again')")


def write_log(database: psycopg.Connection[tuple[object, ...]]) -> None:
    """Write into PostgreSQL's log of changes alone, until there is no room for it."""
    for _ in range(20_000):
        database.execute("SELECT pg_logical_emit_message(true, 'test', repeat('x', 100000))")


def test_whoever_writes_meanwhile_is_told_and_loses_nothing(disk: Path, tmp_path: Path) -> None:
    """By HTTP, on a served centre, until even the log of changes finds no room and PostgreSQL stops."""
    centre = Centre(tmp_path, disk / "centre")
    try:
        accounts = centre.filled(3)
        with Writers(centre, accounts) as writers:
            eventually(lambda: writers.acknowledged_since(0.0))
            assert centre.running.state("disk") == "low"
            ballast = fill(disk)
            eventually(lambda: any(post.status == 507 for post in writers.posts))
            assert centre.running.state("disk") == "full"
            with suppress(psycopg.Error), centre.running.connect("postgres") as database:
                write_log(database)
            full = time.monotonic()
            page = eventually(lambda: told(centre, accounts.sessions[0]))
            assert "Диск заповнений" in page
            eventually(lambda: any(post.sent > full and post.status == 507 for post in writers.posts))
            ballast.unlink()
            freed = time.monotonic()
            eventually(lambda: writers.acknowledged_since(freed))
            eventually(centre.is_well)
            assert centre.running.state("disk") == "low"
        assert {post.status for post in writers.posts} <= {302, 503, 507, 0, NOT_SENT}, "never a fault of ours"
        found = Run(posts=writers.posts)
        judged(found, centre.ledger())
        assert found.is_fine, found
    finally:
        centre.close()


def told(centre: Centre, session: str) -> str:
    """What somebody who reads Ukrainian is told with 507; "" with any other answer."""
    headers = {"Accept-Language": "uk", "Cookie": f"sessionid={session}"}
    ask = urllib.request.Request(centre.running.url, headers=headers)
    try:
        with urllib.request.urlopen(ask, timeout=20):
            return ""
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode() if error.code == 507 else ""
    except OSError:
        return ""
