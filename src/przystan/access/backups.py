"""How backups stand: when the last good one was made, and whether that is too long ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import anchors
from .models import BackupPlan, BackupRun

UNPLANNED = timedelta(hours=48)  # without a schedule: a centre that works each day loses two days at most
RETRY = timedelta(minutes=50)  # a failed one is tried again by the next hourly job


@dataclass(frozen=True)
class Backups:
    """The schedule, the last good backup, and the last failed one if it is later."""

    plan: BackupPlan | None
    good: BackupRun | None
    failed: BackupRun | None

    @property
    def longest(self) -> timedelta:
        """How old the last good one may be: one may fail, two may not."""
        return timedelta(hours=2 * self.plan.every) if self.plan else UNPLANNED

    def is_old(self, now: datetime) -> bool:
        """Whether there is no good one, or none young enough."""
        return self.good is None or now - self.good.at > self.longest

    def is_due(self, now: datetime) -> bool:
        """Whether the schedule asks for one now."""
        if self.plan is None or (self.failed and now - self.failed.at < RETRY):
            return False
        return self.good is None or now - self.good.at > timedelta(hours=self.plan.every) - RETRY


def backups() -> Backups:
    """As the database says now; three queries."""
    good = BackupRun.objects.filter(fault="").first()
    later = BackupRun.objects.exclude(fault="").filter(id__gt=good.pk if good else 0)
    return Backups(BackupPlan.objects.first(), good, later.first())


def backup_trouble() -> str:
    """What is wrong with the backups, in a sentence of the reader's language; "" when nothing is.

    Asked by `przystan check` and by Today. Nothing in the demo, nor where backups are made by other means
    (PRZYSTAN_BACKUPS_ELSEWHERE).
    """
    if settings.DEMO or settings.BACKUPS_ELSEWHERE:
        return ""
    found = backups()
    if not found.is_old(timezone.now()):
        return ""
    if found.good is None:
        return _("There is no backup of this centre yet. On the server: przystan backup.")
    return _("The last good backup is of %(time)s: that is too long ago. On the server: przystan backup.") % {
        "time": date_format(timezone.localtime(found.good.at), "SHORT_DATETIME_FORMAT")
    }


def kept_elsewhere() -> Any:
    """Whether copies leave this server, as far as it can know: an expression. A demo needs none."""
    if settings.DEMO:
        return Value(True)
    if not anchors.leave_the_server():
        return Value(False)
    return Value(True) if settings.BACKUPS_ELSEWHERE else Exists(BackupRun.objects.filter(fault=""))
