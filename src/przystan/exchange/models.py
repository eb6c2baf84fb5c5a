"""Imports: the file, its rows as read, what was decided and what was made of them (so that it can be undone)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.locks import each_under, own
from przystan.access.models import User
from przystan.institutions.models import Institution
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.support.models import Support
from przystan.team.models import Organisation

from .enums import OF_LEDGER, BatchState, Choice, Decision, ImportKind
from .rules.unknown import LONGEST
from .wording import trouble


class BatchQuerySet(models.QuerySet["ImportBatch"]):
    def seen_by(self, actor: Actor) -> Self:
        """Files hold people of all points: who took one in sees it, and who leads all points."""
        rows = self.filter(organisation_id=actor.organisation_id)
        return rows if actor.is_system or actor.leads is None else rows.filter(by_id=actor.user_id)

    def overtaking(self, batch: "ImportBatch") -> Self:
        """Imports done since the rows of `batch` were checked, which its check could not know: of supports
        the same file again, else any.
        """
        since = self.filter(organisation_id=batch.organisation_id, kind=batch.kind, state=BatchState.DONE)
        since = since.filter(finished_at__gt=batch.checked_at or batch.at).exclude(pk=batch.pk)
        return since.filter(sha256=batch.sha256) if batch.of_ledger else since


class ImportBatch(models.Model):
    """One file on its way into the register or the ledger. The file itself goes when the import is done or given up."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="imports")
    kind = models.CharField(_("what is in it"), max_length=12, choices=ImportKind)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.UPLOADED)
    choice = models.CharField(_("if some rows are bad"), max_length=5, choices=Choice, default=Choice.ALL)
    complete = models.BooleanField(_("add what is new about people we know"), default=False)
    families = models.BooleanField(_("write down families"), default=False)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    header = models.JSONField(default=list)
    group = models.JSONField(default=dict)  # of an attendance sheet: what was given, see `actions.attendance.Sheet`
    mapping = models.JSONField(default=dict)  # column number as text -> field
    notes = models.JSONField(default=list)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    trouble = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True), name="import_undone_at_and_by"
            )
        ]

    class Privacy:
        lock = own()
        t0 = (
            "id ref organisation kind state choice complete families sha256 sheet header mapping notes rows_total"
            " rows_done counts trouble at by checked_at finished_at undone_at undone_by"
        )
        t1 = "filename group"
        t2 = ""
        merge, erase, export = "keep", "keep", False
        protect, erase_too = "own", True
        forget = "przystan.exchange.actions.forgetting.forget"

    def __str__(self) -> str:
        return self.ref

    @property
    def of_ledger(self) -> bool:
        """Whether its rows become supports."""
        return self.kind in OF_LEDGER

    @property
    def why(self) -> str:
        """Why it came to nothing, in the language of whoever reads."""
        return trouble(self.trouble)


class FilePart(models.Model):
    """A piece of a file as it came in: stored by the web process, looked into only by the job that reads it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["batch", "position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="file_part_once")]

    class Privacy:
        lock = each_under("exchange_importbatch", "batch_id")
        t0 = "id batch position"
        t1 = ""
        t2 = "content"
        merge, erase, export = "keep", "keep", False
        protect = "keep"
        kept = "its batch lets it go"


class ImportRow(models.Model):
    """One row of the file, or somebody who stands in the row of another (`part`): `cells` as read, `problems` and
    `remarks` as codes with a column, `entry` ready to write.

    `candidates`: references and scores of people who may be meant. After the import `person`, `support` or
    `institution` is what the row made (`made` true) or was linked to, and the words of the row are gone. What was
    understood of a person (`entry`) stays for `taking.KEPT`, to be looked at.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=0)  # 0: the row itself; 1: the next person in it
    cells = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    entry = models.JSONField(default=dict)
    decision = models.CharField(max_length=5, choices=Decision, default=Decision.NEW)
    chosen = models.CharField(max_length=12, blank=True)  # reference of the person meant, for Decision.SAME
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    support = models.ForeignKey(Support, models.SET_NULL, null=True, blank=True, related_name="+")
    institution = models.ForeignKey(Institution, models.SET_NULL, null=True, blank=True, related_name="+")
    made = models.BooleanField(default=False)
    # To somebody known: see `people.actions.completing`, and in words as `said`. Of attendance: its `supports`.
    added = models.JSONField(default=dict)

    class Meta:
        ordering = ["batch", "number", "part"]
        constraints = [models.UniqueConstraint(fields=["batch", "number", "part"], name="import_row_once")]

    class Privacy:
        lock = each_under("exchange_importbatch", "batch_id")
        title = _("Imported rows")
        t0 = "id batch number part decision institution made"
        t1 = "chosen person support"
        t2 = "cells remarks problems candidates entry added"
        merge, erase, export = "keep", "rows", False
        protect = "keep"
        kept = "its batch lets it go"

    @property
    def label(self) -> str:
        """What the row is called: "12", and "12.2" for the second person in it."""
        return f"{self.number}.{self.part + 1}" if self.part else str(self.number)


class ColumnMapping(models.Model):
    """How a centre matched the columns of a file with these headers; offered again for the next one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=ImportKind)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "signature"], name="mapping_remembered_once")
        ]

    class Privacy:
        lock = own()
        t0 = "id organisation kind signature mapping"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class ValueMeaning(models.Model):
    """What a value that is like nothing in our lists means in the files of a centre: said once, remembered.

    `field` is the list (an attribute of `queries.words.Meanings`), `value` the word, plain, `meaning` a code of the
    list, or `rules.unknown.NOTHING`.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=LONGEST)
    meaning = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "field", "value"], name="value_meant_once")]

    class Privacy:
        lock = own()
        t0 = "id organisation field meaning"
        t1 = "value"
        t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
        kept = "words for countries, towns, services: of nobody"
