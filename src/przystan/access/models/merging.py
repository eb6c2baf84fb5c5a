"""What every merge of two rows writes down, so that it can be taken back (`access.moving`)."""

from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from przystan.kernel.refs import new_ref

from ..actors import Actor
from .accounts import User


class Merging(models.Model):
    """`absorbed` became part of `kept`, rows of one model that who inherits names; `moved` lists what went over."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    moved = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-id"]

    def taken_back(self, by: Actor) -> None:
        """Write down that it was undone; the rows went back before."""
        self.undone_at, self.undone_by_id = timezone.now(), by.user_id
        self.save(update_fields=["undone_at", "undone_by"])


def constraints(*, absorbed_once: str, undone_both: str) -> list[BaseConstraint]:
    """Under these names: a row is absorbed by one at a time; who undid a merge, and when, are said together."""
    return [
        UniqueConstraint(fields=["absorbed"], condition=Q(undone_at__isnull=True), name=absorbed_once),
        CheckConstraint(condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True), name=undone_both),
    ]
