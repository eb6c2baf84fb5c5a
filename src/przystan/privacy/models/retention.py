"""How long what is kept, why, and what must not be erased yet."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.fields import SealedTextField
from przystan.access.locks import ALL, Lock, or_shipped, under
from przystan.access.models import User
from przystan.funding.models import Programme
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.reference.models import Dated
from przystan.team.models import Organisation

from ..enums import CountedFrom, holdings


class RetentionRule(Dated):
    """How long one kind of data is kept. Without an organisation: as shipped; an organisation's own row of the same
    code takes its place. A row with a programme holds for those whom this programme paid for.

    `shortened_by`: who last let data of this kind go sooner. The second person, to erase by it, is somebody else.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    code = models.SlugField(max_length=60)
    holding = models.CharField(_("what"), max_length=30, choices=holdings)
    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    counted_from = models.CharField(_("counted from"), max_length=10, choices=CountedFrom)
    years = models.PositiveSmallIntegerField(_("years"), default=0)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    automatic = models.BooleanField(_("erase without asking"), default=False)
    source = models.CharField(_("why so long"), max_length=300)
    shortened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    class Meta(Dated.Meta):
        verbose_name = _("time to keep")
        ordering = ["holding", "code", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "code", "programme"],
                name="retention_rule_once",
                nulls_distinct=False,
                violation_error_message=_("There is a rule of this name for this programme."),
            ),
            models.CheckConstraint(
                condition=Q(years__gt=0) | Q(months__gt=0),
                name="retention_some_time",
                violation_error_message=_("Say for how many years or months."),
            ),
        ]

    class Privacy:
        lock = or_shipped()
        t0 = (
            "id ref organisation code holding programme counted_from years months automatic source shortened_by"
            " valid_from valid_to"
        )
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return self.code


class HoldQuerySet(models.QuerySet["LegalHold"]):
    def on(self, day: object) -> Self:
        """Those in force on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class LegalHold(models.Model):
    """A reason in law why nothing of a person may be erased: a court case, a check by the funder."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = SealedTextField(
        _("why nothing may be erased"),
        max_length=300,
        holder=lambda hold: (hold.person.organisation_id, hold.person.ref),
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="hold_ends_after_start",
                violation_error_message=_("The first day must not be after the last."),
            )
        ]

    class Privacy:
        lock = Lock(f"{ALL} OR {under('people_person', 'person_id').seen}")
        title = _("Legal holds")
        t0 = "id ref by"
        t1 = "person starts_on ends_on"
        t2 = "reason"
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "its words are sealed; behind the lock of the person"

    def __str__(self) -> str:
        return self.ref
