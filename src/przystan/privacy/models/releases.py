"""What who leads a file of tier 3 or 4 decided about its copy, once for each request of the person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.fields import SealedTextField
from przystan.access.locks import hung_on, own
from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref
from przystan.team.models import Organisation

from ..enums import Ground
from .requests import SubjectRequest


class Release(models.Model):
    """`model` and `object_ref`: the file (access.holders), and its tier. `ground`: why it is withheld; empty: the copy
    was made. `words` are sealed as the notes of the file are.

    The team of the file alone knows of it: that there is a file is a secret, too.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="releases")
    model = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=12)
    tier = models.PositiveSmallIntegerField()
    ground = models.CharField(_("reason"), max_length=10, choices=Ground, blank=True)
    words = SealedTextField(
        _("in your own words"),
        max_length=600,
        blank=True,
        holder=lambda row: (row.organisation_id, row.object_ref),
        tier=lambda row: Tier(row.tier),
    )
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("copy of a protected file")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["request", "model", "object_ref"], name="release_of_file_once")]

    class Privacy:
        lock = own(hung_on("model", "object_ref"))
        t0 = "id ref organisation request at by"
        t1 = t2 = ""
        t3 = "model object_ref tier ground words"
        hangs_on = "model object_ref"
        merge, erase, export = "keep", "rows", False
        protect = "keep"
        kept = "sealed for the team of the file"

    def __str__(self) -> str:
        return self.ref
