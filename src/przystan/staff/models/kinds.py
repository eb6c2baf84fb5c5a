"""What there is to agree on, to learn and to check, and the rules about it: rows with dates, a source, a certainty."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.locks import shipped
from przystan.access.models import User
from przystan.reference.models import Dated, DatedQuerySet, Named, Row
from przystan.team.models import Organisation

from ..enums import Certainty, Family, KeptAs, Needed, Per
from ..locks import of_rules


class Shipped:
    """What the `class Privacy` of kinds has in common: the rules of all organisations speak of them by their code."""

    lock = shipped()
    t1 = t2 = ""
    merge, erase, export, protect = "keep", "keep", False, "keep"


class AgreementKind(Named):
    """A kind of agreement by which somebody works here."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    class Privacy(Shipped):
        t0 = "id code names position"


class ProofKind(Named):
    """A check or a training. `may_be_declared`: where there is no such certificate, a declaration stands for it."""

    family = models.CharField(max_length=8, choices=Family)
    per = models.CharField(_("how many"), max_length=12, choices=Per, default=Per.ONCE)
    may_be_declared = models.BooleanField(_("may be declared"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    class Privacy(Shipped):
        t0 = "id code names family per may_be_declared position"


class RuleQuerySet(DatedQuerySet[Row]):
    def of(self, organisation_id: int | None) -> Self:
        """Those that shipped with the product, and the organisation's own."""
        return self.filter(Q(organisation=None) | Q(organisation_id=organisation_id))

    def waiting(self) -> Self:
        """Changes that somebody asked for and nobody confirmed yet: in force on no day."""
        return self.filter(asked_by__isnull=False, confirmed_at=None)


class InForce(models.Manager.from_queryset(RuleQuerySet)):  # type: ignore[misc]
    """Rules that hold on some day: shipped ones, and those that a second person confirmed."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(Q(asked_by=None) | Q(confirmed_at__isnull=False))


class Rule(Dated):
    """In force from one day to another. Without an `organisation`: what shipped with the product, which nobody changes.

    An organisation's own row holds for it alone, in place of the one that it `replaces` from its first day on: it was
    `asked_by` one and `confirmed_by` another. No row is ever written anew, so rows of the past stay as they were; what
    holds when, `queries.rules_of` says.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, editable=False, related_name="+")
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("how sure"), max_length=8, choices=Certainty, default=Certainty.UNSURE)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    asked_at = models.DateTimeField(null=True, editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")

    objects: ClassVar = InForce()
    every: ClassVar = models.Manager.from_queryset(RuleQuerySet)()

    class Meta(Dated.Meta):
        abstract = True
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(asked_by=None) | Q(confirmed_by=None) | ~Q(asked_by=models.F("confirmed_by")),
                name="%(app_label)s_%(class)s_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None, replaces=None, asked_at=None, asked_by=None)
                | Q(
                    organisation__isnull=False,
                    replaces__isnull=False,
                    asked_at__isnull=False,
                    asked_by__isnull=False,
                    valid_from__isnull=False,
                ),
                name="%(app_label)s_%(class)s_asked_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="%(app_label)s_%(class)s_confirmed_whole",
            ),
            models.UniqueConstraint(
                fields=["organisation", "replaces"],
                condition=Q(confirmed_at=None),
                name="%(app_label)s_%(class)s_asked_once",
                violation_error_message=_(
                    "Another change of this rule waits for a second person. Confirm or withdraw it first."
                ),
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether somebody asked for it and nobody confirmed it yet."""
        return self.asked_by_id is not None and self.confirmed_at is None


class ByTwo:
    """What the `class Privacy` of rules has in common."""

    lock = of_rules()
    t1 = t2 = ""
    merge, erase, export, protect = "keep", "keep", False, "keep"


ASKED = "replaces asked_at asked_by confirmed_at confirmed_by"


class AgreementRule(Rule):
    """`writing_after`: days for which an agreement of the kind may do without being written; 0: never. `kept_as`: which
    rules of retention keep the papers of who worked by it. Both are asked of the day on which it begins.
    """

    kind = models.ForeignKey(AgreementKind, models.CASCADE, related_name="rules")
    writing_after = models.PositiveSmallIntegerField(_("days without writing"), null=True, blank=True)
    kept_as = models.CharField(_("kept as"), max_length=16, choices=KeptAs, default=KeptAs.EMPLOYED)

    class Meta(Rule.Meta):
        ordering = ["kind", "valid_from", "id"]

    class Privacy(ByTwo):
        t0 = "id organisation kind valid_from valid_to source certainty writing_after kept_as " + ASKED


class ProofRule(Rule):
    """For which work a proof is needed, and how long one holds.

    `months`: how long; empty: as long as the work. `years`: of which time abroad counts. `besides`: a country (ISO
    3166) for which none is asked.
    """

    kind = models.ForeignKey(ProofKind, models.CASCADE, related_name="rules")
    needed = models.CharField(_("needed for"), max_length=8, choices=Needed, default=Needed.NEVER)
    months = models.PositiveSmallIntegerField(_("months that it holds"), null=True, blank=True)
    years = models.PositiveSmallIntegerField(_("years that count"), null=True, blank=True)
    besides = models.CharField(_("not for"), max_length=2, blank=True)

    class Meta(Rule.Meta):
        ordering = ["kind", "valid_from", "id"]

    class Privacy(ByTwo):
        t0 = "id organisation kind valid_from valid_to source certainty needed months years besides " + ASKED
