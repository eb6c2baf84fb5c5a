"""What rows said before they were changed or taken away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .accounts import User


class Before(models.Model):
    """A row as it was before one change: only the columns that changed, or all of a row that was deleted.

    `before` maps columns to their old values, as PostgreSQL's to_jsonb writes them; what was sealed stays sealed. Empty
    for a row that was added to something older. `at` and `by` come from the transaction (`app.uid`). Who inherits adds
    a foreign key to what the rows are about, and a migration with `access.history.keeper`.
    """

    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    gone = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")

    class Meta:
        abstract = True
        verbose_name = _("earlier wording")
        ordering = ["-id"]
