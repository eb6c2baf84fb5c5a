"""Mails that the mail server has not taken: they wait as jobs, and who leads is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

TASKS = ["team.mail_anchor"]
TOLD_FOR = timedelta(days=30)  # how long one that was given up is told


@dataclass(frozen=True)
class Unsent:
    """Those that were tried in vain: how many, and since when the oldest waits."""

    count: int
    since: datetime | None


def unsent() -> Unsent:
    """What waits for its next try, and what was given up lately."""
    waits = Q(status="todo", attempts__gt=0)
    given_up = Q(status="failed", scheduled_at__gt=timezone.now() - TOLD_FOR)
    found = ProcrastinateJob.objects.filter(waits | given_up, task_name__in=TASKS)
    first = found.filter(procrastinateevent__type="deferred").order_by("procrastinateevent__at", "pk")
    return Unsent(found.count(), first.values_list("procrastinateevent__at", flat=True).first())
