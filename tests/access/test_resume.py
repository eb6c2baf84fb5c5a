"""Work of a worker that died begins again, a few times."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from przystan.access.tasks import MOST_TRIES, resume

pytestmark = pytest.mark.django_db


def at_work(worker: str, attempts: int = 0) -> int:
    """A job that a worker is at; `worker`: SQL of when it was heard of last, or nothing when it is gone."""
    job = app.configure_task(name="exchange.run").defer(ref="")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({worker}) RETURNING id")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [cursor.fetchone()[0], attempts, job],
        )
    return job


def state_of(job: int) -> str:
    resume(0)
    return ProcrastinateJob.objects.get(pk=job).status


def test_what_a_dead_worker_was_at_begins_again():
    assert state_of(at_work("now() - interval '3 minutes'")) == "todo"


def test_what_a_living_worker_is_at_is_left_alone():
    assert state_of(at_work("now()")) == "doing"


def test_a_job_that_took_its_worker_down_each_time_is_left():
    assert state_of(at_work("now() - interval '3 minutes'", attempts=MOST_TRIES - 1)) == "failed"
