"""Two rows, one institution? What was decided, and how to take it back."""

from django.db import models
from django.db.models import F, Q

from przystan.access.locks import under
from przystan.access.models import User
from przystan.access.models.merging import Merging, constraints

from ..enums import PairState
from .institution import Institution

INSTITUTION = "institutions_institution"


class InstitutionPair(models.Model):
    """What is known of two that look alike; `first` has the lower id. "Two different ones" is never asked again."""

    first = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    second = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=PairState)
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="institution_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="institution_pair_in_order"),
        ]

    class Privacy:
        lock = under(INSTITUTION, "first_id")
        t0 = "id first second state score reasons by"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class InstitutionMerge(Merging):
    """One of two went into the other, and can go back."""

    kept = models.ForeignKey(Institution, models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Institution, models.CASCADE, related_name="merged_by")

    class Meta(Merging.Meta):
        constraints = constraints(
            absorbed_once="institution_absorbed_once", undone_both="institution_merge_undone_both"
        )

    class Privacy:
        lock = under(INSTITUTION, "kept_id")
        t0 = "id ref kept absorbed at by undone_at undone_by"
        t1 = "moved"
        t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
        kept = "which rows went over, by number; a copy only of what the kept one had already"
