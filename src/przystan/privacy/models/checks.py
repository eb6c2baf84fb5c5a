"""What the nightly check of the audit log found."""

from django.db import models
from django.utils.translation import gettext as _

from przystan.access import chain_check


class ChainCheck(models.Model):
    """`fault` is empty when the chain is whole; else ANCHORS, or what is wrong with which row (`Fault.noted`)."""

    ANCHORS = "ANCHORS"

    at = models.DateTimeField(auto_now_add=True)
    rows = models.BigIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        unlocked = "the audit log is one chain for the whole installation: numbers and digests"
        t0 = "id at rows fault"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        """What is wrong, in a sentence."""
        if self.fault == self.ANCHORS:
            return _("The file of anchors is missing or was changed.")
        return chain_check.read(self.fault)
