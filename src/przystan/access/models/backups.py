"""When the centre is backed up, and when it was."""

from django.db import models
from django.db.models import Q


class BackupPlan(models.Model):
    """The schedule; one row, or none. Made as the owner of the tables: the application reads where to and for whom."""

    ONLY = 1

    every = models.PositiveSmallIntegerField()  # hours
    folder = models.CharField(max_length=500)
    keep = models.PositiveSmallIntegerField()  # how many backups stay in the folder
    recipients = models.TextField(blank=True)  # public keys, with spaces; none: not encrypted

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_backup_plan"),
            models.CheckConstraint(condition=Q(every__gt=0, keep__gt=0), name="backup_plan_is_some"),
        ]

    class Privacy:
        unlocked = "of the machine: numbers and references"
        t0 = "id every folder keep recipients"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class BackupRun(models.Model):
    """A backup that was made, or that failed: then `fault` is a sentence. `size`: bytes."""

    at = models.DateTimeField(auto_now_add=True)
    size = models.BigIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        unlocked = "of the machine: numbers and references"
        t0 = "id at size fault"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
