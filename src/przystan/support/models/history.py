"""What entries of open periods said before they were amended; written by triggers."""

from django.db import models

from przystan.access.locks import history_of
from przystan.access.models import Before

from .ledger import Support


class EntryBefore(Before):
    """What an entry of the ledger, one of its recipients or of its topics said before one change.

    Why an entry was corrected (`correction_reason`) is written once, with the entry, and is not in here.
    """

    support = models.ForeignKey(Support, models.CASCADE, related_name="earlier")

    class Meta(Before.Meta):
        indexes = [models.Index(fields=["support", "-id"], name="entry_before")]

    class Privacy:
        lock = history_of("support_support", "support_id")
        t0 = "id support table row gone at by"
        t1 = "before"
        t2 = ""
        merge, erase, export = "keep", "rows", False
        protect = "rows"
