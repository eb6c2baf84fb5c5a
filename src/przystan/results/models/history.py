"""What results of open periods said before they were amended; written by a trigger."""

from django.db import models

from przystan.access.locks import history_of
from przystan.access.models import Before

from .ledger import Result


class ResultBefore(Before):
    """What a result said before one change.

    Why it was corrected (`correction_reason`) is written once, with the entry, and is not in here.
    """

    result = models.ForeignKey(Result, models.CASCADE, related_name="earlier")

    class Meta(Before.Meta):
        indexes = [models.Index(fields=["result", "-id"], name="result_before")]

    class Privacy:
        lock = history_of("results_result", "result_id")
        t0 = "id result table row gone at by"
        t1 = "before"
        t2 = ""
        merge, erase, export = "keep", "rows", False
        protect = "rows"
