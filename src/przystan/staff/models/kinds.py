"""What there is to agree on, to learn and to check, and the rules about it: rows with dates, a source, a certainty."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from przystan.access.tiers import ForAll
from przystan.reference.models import Dated, Named

from ..enums import Certainty, Family, KeptAs, Needed, Per


class AgreementKind(Named):
    """A kind of agreement by which somebody works here."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names position"


class ProofKind(Named):
    """A check or a training. `may_be_declared`: where there is no such certificate, a declaration stands for it."""

    family = models.CharField(max_length=8, choices=Family)
    per = models.CharField(_("how many"), max_length=12, choices=Per, default=Per.ONCE)
    may_be_declared = models.BooleanField(_("may be declared"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names family per may_be_declared position"


class Rule(Dated):
    """In force from one day to another."""

    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("how sure"), max_length=8, choices=Certainty, default=Certainty.UNSURE)

    class Meta(Dated.Meta):
        abstract = True


class AgreementRule(Rule):
    """`writing_after`: days for which an agreement of the kind may do without being written; 0: never. `kept_as`: which
    rules of retention keep the papers of who worked by it. Both are asked of the day on which it begins.
    """

    kind = models.ForeignKey(AgreementKind, models.CASCADE, related_name="rules")
    writing_after = models.PositiveSmallIntegerField(_("days without writing"), null=True, blank=True)
    kept_as = models.CharField(_("kept as"), max_length=16, choices=KeptAs, default=KeptAs.EMPLOYED)

    class Meta(Rule.Meta):
        ordering = ["kind", "valid_from", "id"]

    class Privacy(ForAll):
        t0 = "id kind valid_from valid_to source certainty writing_after kept_as"


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

    class Privacy(ForAll):
        t0 = "id kind valid_from valid_to source certainty needed months years besides"
