"""Exports that take long: made by a job, fetched by whoever asked, thrown away the next day."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.locks import mine
from przystan.access.models import User
from przystan.funding.models import Programme
from przystan.kernel.refs import new_ref
from przystan.team.models import Organisation

from .enums import ExportState, Format, Separator, Table


class ExportQuerySet(models.QuerySet["Export"]):
    def seen_by(self, actor: Actor) -> Self:
        """One's own only: what is in it depends on the rights of whoever asked."""
        return self.filter(organisation_id=actor.organisation_id, by_id=actor.user_id, by__isnull=False)


class Export(models.Model):
    """A report of a programme as a file. `period` is a code of `reports.rules`."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    period = models.CharField(max_length=30, blank=True)
    format = models.CharField(_("file"), max_length=4, choices=Format, default=Format.XLSX)
    table = models.CharField(_("table"), max_length=12, choices=Table, default=Table.INDICATORS)
    separator = models.CharField(_("between columns"), max_length=3, choices=Separator, default=Separator.SEMICOLON)
    language = models.CharField(max_length=10, default="pl")
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.WAITING)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    content = models.BinaryField(default=bytes)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("file taken out")
        ordering = ["-id"]

    class Privacy:
        lock = mine()
        t0 = "id ref organisation programme period format table separator language state rows_total rows_done at by"
        t1 = ""
        t2 = "content"
        merge, erase, export = "keep", "rows", False
        protect = "keep"
        kept = "thrown away whole: `copies`"
        copies = True  # of many people's data: all of the organisation's go whenever somebody is erased

    def __str__(self) -> str:
        return self.ref
