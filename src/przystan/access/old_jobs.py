"""Jobs that ended: kept for a while to be looked at, then gone, with what procrastinate noted of them."""

from asgiref.sync import async_to_sync
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

DONE = 7 * 24  # hours; one comes each minute
FAILED = 90 * 24  # hours: somebody may ask why


def forget() -> None:
    """Let go of jobs that ended longer ago than that."""
    jobs = JobManager(DjangoConnector(alias="default"))
    async_to_sync(jobs.delete_old_jobs)(DONE)
    async_to_sync(jobs.delete_old_jobs)(FAILED, include_failed=True, include_cancelled=True, include_aborted=True)
