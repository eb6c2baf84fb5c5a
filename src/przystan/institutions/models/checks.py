"""Who checked when that what is known is still so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.models import User

from ..enums import Part
from .institution import OF_INSTITUTION, Institution


class Check(models.Model):
    """One part of what is known of an institution was right on that day."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="checks")
    part = models.CharField(_("what was checked"), max_length=10, choices=Part)
    on = models.DateField(_("verified on"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]

    class Privacy:
        lock = OF_INSTITUTION
        t0 = "id institution part on by"
        t1 = t2 = ""
        merge, erase, export = "move", "keep", False
        protect = "keep"
