"""Kinds of results and scales of levels: rows, shipped in `results/data/catalogue.toml`."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.tiers import ForAll
from przystan.reference.models import Named

from ..enums import Of, Shape
from ..rules import Shaped


class Scale(Named):
    """Levels that rise. `levels`: a list of codes, the lowest first; they are their own names (A1, A2...)."""

    levels = models.JSONField(default=list)

    class Meta:
        verbose_name = _("scale")
        ordering = ["code"]

    class Privacy(ForAll):
        t0 = "id code names levels"


class ResultKind(Named):
    """Something that can come of support. `source`: who defines it; `certain`: whether we have read it there.

    `valid_from`, `valid_to`: days of which it may be noted, both included. `asks_proof`: it is refused without one.
    """

    shape = models.CharField(_("what is written down"), max_length=10, choices=Shape, default=Shape.YES)
    of = models.CharField(_("of whom"), max_length=12, choices=Of, default=Of.PERSON)
    scale = models.ForeignKey(Scale, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scale"))
    asks_proof = models.BooleanField(_("a proof is needed"), default=False)
    valid_from = models.DateField(_("noted from"), null=True, blank=True)
    valid_to = models.DateField(_("noted until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    certain = models.BooleanField(_("read in the source"), default=False)
    retired = models.BooleanField(_("no longer used"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kind of result")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shape=Shape.LEVELS, scale__isnull=False)
                | ~models.Q(shape=Shape.LEVELS) & models.Q(scale__isnull=True),
                name="result_kind_levels_of_a_scale",
                violation_error_message=_("Choose a scale for levels, and none for anything else."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__lte=models.F("valid_to")),
                name="result_kind_dates_in_order",
                violation_error_message=_("The first day must not be after the last."),
            ),
        ]

    class Privacy(ForAll):
        t0 = "id code names shape of scale asks_proof valid_from valid_to source certain retired position"

    @property
    def shaped(self) -> Shaped:
        """What decides what may stand in a result of it. One query where the scale was not fetched with it."""
        return Shaped(
            shape=self.shape,
            of=self.of,
            levels=self.scale.levels if self.scale else (),
            asks_proof=self.asks_proof,
            first=self.valid_from or date.min,
            last=self.valid_to or date.max,
        )
