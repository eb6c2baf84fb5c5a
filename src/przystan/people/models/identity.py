"""Two records, one person? What was decided, and how to take it back."""

from django.db import models
from django.db.models import F, Q

from przystan.access.locks import ALL, Lock, each_under
from przystan.access.models import User
from przystan.access.models.merging import Merging, constraints

from ..enums import PairState
from ..locks import PERSON, of_person
from .person import Person


class PairVerdict(models.Model):
    """What is known of a pair of records; `first` has the lower id. "Not the same" is never asked again."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=PairState)
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]

    class Privacy:
        lock = Lock(f"{ALL} OR {each_under(PERSON, 'first_id').seen} AND {each_under(PERSON, 'second_id').seen}")
        t0 = "id first second state at by"
        t1 = "score reasons"
        t2 = ""
        merge, erase, export = "keep", "rows", False
        protect = "rows"


class Merge(Merging):
    """One of two went into the other, and can go back."""

    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Person, models.CASCADE, related_name="merged_by")

    class Meta(Merging.Meta):
        constraints = constraints(absorbed_once="merge_absorbed_once", undone_both="merge_undone_both")

    class Privacy:
        lock = of_person("kept_id")
        t0 = "id ref kept absorbed at by undone_at undone_by"
        t1 = "moved"
        t2 = ""
        merge, erase, export = "keep", "rows", False
        protect = "rows"
