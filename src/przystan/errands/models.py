"""Errands: long work that somebody asked for, done by a job, its result kept for them for a day."""

import json
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.fields import SealedBytesField, SealedTextField
from przystan.access.locks import mine
from przystan.access.models import User
from przystan.kernel.refs import new_ref
from przystan.team.models import Organisation

from .enums import OPEN, ErrandState


def _holder(row: "Errand") -> tuple[int, str]:
    return row.organisation_id, row.organisation.ref


class ErrandQuerySet(models.QuerySet["Errand"]):
    def seen_by(self, actor: Actor) -> Self:
        """One's own only: what is in it depends on the rights of whoever asked."""
        return self.filter(organisation_id=actor.organisation_id, by_id=actor.user_id, by__isnull=False)

    def unopened(self) -> Self:
        """Without what came of them, which may be large."""
        return self.defer("content")


class Errand(models.Model):
    """`runner`: the code of what does it (`errands.runners`), and `asked` what it was asked for, as JSON.

    `reach`: a digest of what the asker could see when the job began. `name`, `type`: of the file that came of it; where
    there is none, `content` is JSON that a page shows. `begun`: of this run of the job; empty where it must begin anew.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    runner = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    asked = SealedTextField(holder=_holder)
    language = models.CharField(max_length=10, default="pl")
    state = models.CharField(max_length=8, choices=ErrandState, default=ErrandState.WAITING)
    begun = models.CharField(max_length=12, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    reach = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=100, blank=True)
    type = models.CharField(max_length=100, blank=True)
    content = SealedBytesField(holder=_holder)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ErrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        ordering = ["-id"]

    class Privacy:
        lock = mine()
        t0 = "id ref organisation runner language state begun total done trouble reach name type at by"
        t1 = "about"
        t2 = "asked content"
        merge, erase, export = "keep", "rows", False
        protect = "keep"
        kept = "thrown away whole, whenever anybody is erased or protected: `access.copies`"

    def __str__(self) -> str:
        return self.ref

    @property
    def values(self) -> dict[str, Any]:
        """What it was asked for."""
        found: dict[str, Any] = json.loads(self.asked or "{}")
        return found

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def tone(self) -> str:
        return ErrandState(self.state).tone
