"""Work of a worker that died begins again, at once, and a few times."""

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job
from psycopg.conninfo import make_conninfo

from przystan.access import workers
from przystan.access.patience import Patiently
from przystan.access.tasks import resume
from przystan.access.workers import LOCK, MOST_TRIES
from tests.harness.centre import eventually
from tests.harness.loops import apart

pytestmark = pytest.mark.django_db
LONG_AGO = "now() - interval '3 minutes'"


def at_work(heartbeat: str = "now()", attempts: int = 0, began: str = LONG_AGO) -> tuple[int, int]:
    """Numbers of a job and of the worker that is at it; `heartbeat`: SQL of when it was heard of last."""
    job = app.configure_task(name="exchange.run").defer(ref="")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({heartbeat}) RETURNING id")
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, attempts, job],
        )
        cursor.execute(f"UPDATE procrastinate_events SET at = {began} WHERE job_id = %s AND type = 'started'", [job])
    return job, worker


def hold(worker: int) -> None:
    """As a living worker does, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s::int)", [LOCK, worker])


def state_of(job: int) -> str:
    resume(0)
    return ProcrastinateJob.objects.get(pk=job).status


def test_what_a_worker_was_at_begins_again_as_soon_as_its_lock_is_gone() -> None:
    job, _worker = at_work()
    assert state_of(job) == "todo"
    assert ProcrastinateJob.objects.get(pk=job).attempts == 1


def test_what_a_living_worker_is_at_is_left_alone() -> None:
    job, worker = at_work()
    hold(worker)
    assert state_of(job) == "doing"


def test_the_lock_of_another_worker_helps_nobody() -> None:
    job, worker = at_work()
    hold(worker + 1)
    assert state_of(job) == "todo"


def test_a_machine_that_vanished_is_known_by_its_silence() -> None:
    """Its connection may be held for hours by a server that has not noticed."""
    job, worker = at_work(LONG_AGO)
    hold(worker)
    assert state_of(job) == "todo"


def test_a_mail_that_was_tried_often_is_not_given_up_with_its_worker() -> None:
    """Most of its tries failed for want of a mail server, not of a worker."""
    job, _worker = at_work(attempts=MOST_TRIES + 5)
    ProcrastinateJob.objects.filter(pk=job).update(task_name="team.mail_anchor")
    assert state_of(job) == "todo"


@pytest.mark.parametrize(("tries", "minutes"), [(0, 1), (1, 2), (5, 32), (6, 60), (700, 60), (720, None)])
def test_patience(tries: int, minutes: int | None) -> None:
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="any", attempts=tries)
    found = Patiently().get_retry_decision(exception=OSError(), job=job)
    if minutes is None:
        assert found is None
    else:
        assert found
        assert found.retry_at
        wait = found.retry_at - timezone.now()
        assert abs(wait.total_seconds() - minutes * 60) < 30


def test_a_job_whose_worker_is_forgotten_begins_again() -> None:
    job, worker = at_work()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers WHERE id = %s", [worker])
    assert state_of(job) == "todo"


def test_a_job_that_was_taken_this_moment_is_left_alone() -> None:
    """Its worker shows that it lives right after it has taken its first job."""
    job, _worker = at_work(began="clock_timestamp()")
    assert state_of(job) == "doing"


def test_a_job_that_took_its_worker_down_each_time_is_left() -> None:
    job, _worker = at_work(attempts=MOST_TRIES - 1)
    assert state_of(job) == "failed"


async def nothing() -> str:
    return "done"


@pytest.mark.django_db(transaction=True)
def test_a_worker_shows_that_it_lives_while_it_does() -> None:
    job, worker = at_work()
    with workers.present() as presence:
        for _ in range(2):
            assert apart(presence.shown(nothing, None, SimpleNamespace(worker_id=worker))) == "done"
        assert workers.abandoned() == []
    assert eventually(workers.abandoned) == [(job, 0, "exchange.run")]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_look_at_once_one_takes_a_job_up() -> None:
    """The one who comes late would set a job back at which a new worker is already."""
    job, _worker = at_work()
    with transaction.atomic():
        assert (job, 0, "exchange.run") in workers.abandoned()
        with psycopg.connect(address(connection.settings_dict)) as other:
            assert other.execute(workers.ABANDONED, [workers.SILENT, LOCK, workers.JUST_BEGUN]).fetchall() == []


WATCHES = """
import sys, psycopg
from przystan.access.workers import Presence
from tests.harness.loops import apart
presence = Presence.__new__(Presence)
presence.closing, presence.connection = False, psycopg.connect(sys.argv[1], autocommit=True)
print(presence.connection.info.backend_pid, flush=True)
presence.watch()
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_ends_at_once_when_its_database_does() -> None:
    command = [sys.executable, "-c", WATCHES, address(connection.settings_dict)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        assert process.wait(20) == os.EX_TEMPFAIL


def address(entry: dict[str, Any]) -> str:
    return make_conninfo(
        "",
        host=entry["HOST"] or None,
        port=entry.get("PORT") or None,
        user=entry["USER"],
        password=entry.get("PASSWORD") or None,
        dbname=entry["NAME"],
    )
