"""What a file itself said before: its title, its kind, when it was opened and closed. Notes keep their wordings
themselves. Written by a trigger."""

from django.db import models

from przystan.access.locks import history_of
from przystan.access.models import Before

from .cases import CaseFile


class CaseBefore(Before):
    """What the row of a file said before one change; its title stays sealed."""

    case = models.ForeignKey(CaseFile, models.CASCADE, related_name="earlier")

    class Meta(Before.Meta):
        indexes = [models.Index(fields=["case", "-id"], name="case_before")]

    class Privacy:
        lock = history_of("casework_casefile", "case_id")
        t0 = "id case table row gone at by"
        t1 = ""
        t2 = "before"
        merge, erase, export = "keep", "rows", False
        protect = "keep"
        kept = "its words are sealed; behind the lock of the file"
