"""Rules as rows: a tree is in force from one day to another, and one at a time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.models import User
from przystan.reference.models import Dated, DateRange


class DatedTree(Dated):
    """A rule tree (`rules.trees`) on its days, and where it is written. Its heir says whose it is.

    `rules.actions.put_in_force` writes it, with `one_a_day` among the constraints of its heir.
    """

    tree = models.JSONField()
    source = models.CharField(_("source"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        abstract = True


def one_a_day(owner: str, name: str) -> ExclusionConstraint:
    """No owner has two rules on one day. `owner`: the foreign key; `name`: of the constraint."""
    days = DateRange("valid_from", "valid_to", RangeBoundary(inclusive_upper=True))
    return ExclusionConstraint(
        name=name,
        expressions=[(owner, RangeOperators.EQUAL), (days, RangeOperators.OVERLAPS)],
        violation_error_message=_("Another rule is in force on some of these days."),
    )
