"""The table of jobs does not grow for ever: what ended goes after a while, what waits or works stays."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from przystan.access import old_jobs, tasks
from przystan.project.mails import TOLD_FOR

pytestmark = pytest.mark.django_db
NIGHT = "31 4 * * *"


def job(status: str, hours: int) -> int:
    """A job whose last event was so long ago, with a periodic defer that points to it; returns its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, status, args, attempts, abort_requested)"
            " VALUES ('default', 'access.resume', 0, %s, '{}', 1, false) RETURNING id",
            [status],
        )
        (number,) = cursor.fetchone()
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [number])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at)"
            " VALUES (%s, 'started', now() - make_interval(hours => %s))",
            [number, hours],
        )
        cursor.execute(
            "INSERT INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp, job_id)"
            " VALUES ('x', '', %s, %s)",
            [number, number],
        )
    return int(number)


def left() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize(
    ("status", "hours", "stays"),
    [
        ("succeeded", old_jobs.DONE - 1, True),
        ("succeeded", old_jobs.DONE + 1, False),
        *((status, old_jobs.FAILED - 1, True) for status in ("failed", "cancelled", "aborted")),
        *((status, old_jobs.FAILED + 1, False) for status in ("failed", "cancelled", "aborted")),
        *((status, old_jobs.FAILED * 9, True) for status in ("todo", "doing")),
    ],
)
def test_what_ended_goes_after_a_while(status: str, hours: int, stays: bool) -> None:
    number = job(status, hours)
    tasks.forget_jobs(timestamp=0)
    assert (number in left()) == stays


def test_it_is_done_each_night() -> None:
    crons = {key[0]: one.cron for key, one in app.periodic_registry.periodic_tasks.items()}
    assert crons["access.forget_jobs"] == NIGHT


def test_a_mail_that_was_given_up_stays_as_long_as_it_is_told() -> None:
    assert timedelta(hours=old_jobs.FAILED) > TOLD_FOR > timedelta(hours=old_jobs.DONE)
