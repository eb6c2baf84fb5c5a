"""Mails that the mail server has not taken: they wait as jobs, and who leads is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

TASKS = ["team.mail_anchor"]
TOLD_FOR = timedelta(days=30)  # how long one that was given up is told


@dataclass(frozen=True)
class Waiting:
    """Jobs that wait: how many, and since when the oldest of them does."""

    count: int
    since: datetime | None


def waiting(jobs: QuerySet[ProcrastinateJob]) -> Waiting:
    """What of these waits. One statement."""
    since = Min("procrastinateevent__at", filter=Q(procrastinateevent__type="deferred"))
    return Waiting(**jobs.aggregate(count=Count("pk", distinct=True), since=since))


def not_sent() -> QuerySet[ProcrastinateJob]:
    """What waits for its next try, and what was given up lately."""
    waits = Q(status="todo", attempts__gt=0)
    given_up = Q(status="failed", scheduled_at__gt=timezone.now() - TOLD_FOR)
    return ProcrastinateJob.objects.filter(waits | given_up, task_name__in=TASKS)
