"""What was agreed with an institution."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.kernel.refs import new_ref
from przystan.reference.models import Dated

from .institution import OF_INSTITUTION, Institution
from .kinds import AgreementKind


class Agreement(Dated):
    """From one day to another; an empty end is open."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="agreements")
    kind = models.ForeignKey(AgreementKind, models.PROTECT, related_name="agreements", verbose_name=_("kind"))
    number = models.CharField(_("number"), max_length=60, blank=True)
    what_for = models.CharField(_("what for"), max_length=300, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("agreement")
        ordering = ["-valid_from", "-id"]

    class Privacy:
        lock = OF_INSTITUTION
        t0 = "id ref institution kind number what_for signed_on valid_from valid_to"
        t1 = t2 = ""
        merge, erase, export = "move", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()
