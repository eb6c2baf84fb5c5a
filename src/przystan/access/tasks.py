"""What keeps the other jobs going."""

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from .jobs import working

SILENT = 60  # seconds without a sign of life, after which a worker is taken for dead
MOST_TRIES = 3  # a job that takes its worker down every time must not do so for ever


@app.periodic(cron="* * * * *")
@app.task(name="access.resume")
def resume(timestamp: int) -> None:
    """Each minute: what a worker was at when it was killed, or the power went, begins again.

    Jobs write in one transaction, so there is nothing of the first try, and they look whether they are still wanted.
    """
    with working("access.resume"):
        jobs = JobManager(DjangoConnector(alias="default"))
        for job in async_to_sync(jobs.get_stalled_jobs)(seconds_since_heartbeat=SILENT):
            if job.attempts + 1 < MOST_TRIES:
                async_to_sync(jobs.retry_job)(job)
            else:
                async_to_sync(jobs.finish_job)(job, status=Status.FAILED, delete_job=False)
