"""Notes of a case. Every wording is kept: the newest is the note, older ones can be read beside it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.fields import SealedTextField
from przystan.access.locks import each_under
from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref

from .cases import CaseFile


class Note(models.Model):
    """A note; its text is the newest of its `versions`."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(CaseFile, models.CASCADE, related_name="notes")
    about = models.DateField(_("day"), default=timezone.localdate)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    form_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        ordering = ["-about", "-id"]

    class Privacy:
        lock = each_under("casework_casefile", "case_id")
        title = _("Days of notes in case files")
        t0 = "id ref case author form_token created_at"
        t1 = ""
        t2 = "about"
        merge, erase, export = "keep", "rows", True
        protect = "keep"
        kept = "a day, behind the lock of the file"


class NoteVersion(models.Model):
    """One wording. `number` counts from 1; who saves against an older number is shown both (no silent overwrite)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    note = models.ForeignKey(Note, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = SealedTextField(
        _("note"),
        holder=lambda version: (version.note.case.organisation_id, version.note.case.ref),
        tier=lambda version: version.note.case.tier,
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="note_version_once")]

    class Privacy:
        lock = each_under("casework_note", "note_id")
        title = _("Notes in case files")
        t0 = "id ref note number by at"
        t1 = ""
        t2 = ""
        t3 = "text"
        merge, erase, export = "keep", "rows", True
        protect = "keep"
        kept = "sealed for the team of the file"

    @property
    def tier(self) -> Tier:
        return self.note.case.tier
