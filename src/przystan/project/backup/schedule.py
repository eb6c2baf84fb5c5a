"""Backups by themselves: what the worker does when the schedule asks for one."""

import logging
from pathlib import Path

from django.utils import timezone

from przystan.access.backups import backups
from przystan.access.models import BackupPlan
from przystan.project.trouble import Trouble

from . import age, noting, target
from .making import backup

PURPOSE = "backup"
log = logging.getLogger(__name__)


def planned() -> BackupPlan | None:
    """The schedule, when it asks for a backup now."""
    found = backups()
    return found.plan if found.is_due(timezone.now()) else None


def keep_to(plan: BackupPlan) -> None:
    """Make a backup as the schedule says and let the oldest go; good or failed, it is noted."""
    try:
        made = backup(Path(plan.folder), age.recipients(plan.recipients.split()))
        target.keep_newest(Path(plan.folder), plan.keep)
    except (Trouble, OSError) as error:
        log.exception("a backup failed")
        noting.note_failed(str(error), PURPOSE)
        return
    noting.note_good(made.size, PURPOSE)
