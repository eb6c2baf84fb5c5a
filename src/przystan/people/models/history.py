"""What facts said before they were changed or taken away; written by triggers, so that no writer can forget it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.models import User

from .person import Person


class FactBefore(models.Model):
    """A row of facts as it was before one change: only the columns that changed, or all of a row that was deleted.

    `before` maps columns to their old values; what was sealed stays sealed. `changed_at` and `by` come from the
    transaction (`app.uid`).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="earlier_facts")
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    gone = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")

    class Meta:
        verbose_name = _("earlier wording")
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "-id"], name="facts_before")]

    class Privacy:
        t0 = "id person table row gone at by"
        t1 = ""
        t2 = "before"
        merge, erase, export = "move", "rows", False
