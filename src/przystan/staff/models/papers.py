"""Agreements, trainings and checks. They end or are struck out; none is deleted."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.kernel.refs import new_ref
from przystan.reference.cldr import country_name
from przystan.reference.models import Dated, DatedQuerySet

from ..enums import Result
from ..locks import of_papers
from .kinds import AgreementKind, ProofKind
from .workers import OfWorker, Worker, near

Row = TypeVar("Row", bound=models.Model, covariant=True)


class PaperQuerySet(models.QuerySet[Row]):
    def seen_by(self, actor: Actor) -> Self:
        """Papers of the actor, and of those whom they lead."""
        return self.filter(near(actor, "worker__"))

    def standing(self) -> Self:
        """Those that were not struck out."""
        return self.filter(struck_at=None)


class AgreementQuerySet(PaperQuerySet["Agreement"], DatedQuerySet["Agreement"]):  # type: ignore[override]
    pass


class Paper(OfWorker):
    """What is written down about a worker. Struck out: it was a mistake; it stays, and counts for nothing."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    struck_at = models.DateTimeField(_("struck out"), null=True, editable=False)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.ref


class Agreement(Paper, Dated):
    """By what somebody works here, from one day to another."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="agreements")
    kind = models.ForeignKey(AgreementKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    hours = models.DecimalField(_("hours a month"), max_digits=5, decimal_places=1, null=True, blank=True)
    in_writing = models.BooleanField(_("in writing"), default=True)

    objects: ClassVar = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Dated.Meta):
        verbose_name = _("agreement")
        ordering = ["-valid_from", "-id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False),
                name="staff_agreement_begins",
                violation_error_message=_("An agreement has a first day."),
            ),
        ]

    class Privacy:
        lock = of_papers(ends="valid_to")
        title = _("Agreements of people who work here")
        t0 = "id ref worker created_at by struck_at struck_by"
        t1 = ""
        t2 = "kind valid_from valid_to hours in_writing"
        merge, erase, export = "keep", "rows", True
        protect, kept = "keep", "about somebody who works here, not about who comes"


class Proof(Paper):
    """A training that was attended, or what came of a safeguarding check. `ends`: as the paper itself says.

    No free text: what a register of offenders says is nobody's to copy.
    """

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="proofs")
    kind = models.ForeignKey(ProofKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    day = models.DateField(_("day"))
    ends = models.DateField(_("holds until"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=8, choices=Result, default=Result.CLEAR)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("training or check")
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["worker", "kind", "-day"], name="staff_proof_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("day")),
                name="staff_proof_in_order",
                violation_error_message=_("The first day must not be after the last."),
            )
        ]

    class Privacy:
        lock = of_papers()
        title = _("Trainings and checks of people who work here")
        t0 = "id ref worker created_at by struck_at struck_by"
        t1 = ""
        t2 = "kind country day ends result"
        merge, erase, export = "keep", "rows", True
        protect, kept = "keep", "about somebody who works here, not about who comes"

    @property
    def country_name(self) -> str:
        """In the page's language."""
        return country_name(self.country)
