"""What the nightly check of the audit log found."""

from django.db import models


class ChainCheck(models.Model):
    """`fault` is empty when the chain is whole; else a sentence with the number of the first bad row."""

    at = models.DateTimeField(auto_now_add=True)
    rows = models.BigIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]

    class Privacy:
        t0 = "id at rows fault"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
