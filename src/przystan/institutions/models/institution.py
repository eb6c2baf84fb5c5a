"""The institution: an anchor for all that others know of it, its names, its numbers in public registers."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.access.locks import own, under
from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref
from przystan.team.models import Organisation

from ..enums import NameKind, NumberKind
from .kinds import InstitutionKind

# For thousands of rows, not millions: all that the actor may see are asked once.
OF_INSTITUTION = under("institutions_institution", "institution_id")


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def seen_by(self, actor: Actor) -> Self:
        """Those of the actor's organisation: whoever works there shares one register."""
        return self.filter(organisation_id=actor.organisation_id)

    def current(self) -> Self:
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def open(self) -> Self:
        """Without those that have closed."""
        return self.filter(closed_on__isnull=True)


class Institution(models.Model):
    """An office, a school, a clinic, an employer, a partner: one row, whatever it is called.

    `name` is the name by which it is listed, and one of its `names`; the actions keep it. `source`, `source_on`: where
    the row comes from. `unsure`: it was not checked, and says so. `shipped`: its code in the seed file.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="institutions")
    kind = models.ForeignKey(InstitutionKind, models.PROTECT, related_name="institutions", verbose_name=_("kind"))
    name = models.CharField(pgettext_lazy("of an institution", "name"), max_length=250)
    languages = models.JSONField(_("languages spoken there"), default=list, blank=True)
    phone = models.CharField(_("phone of the office"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail of the office"), blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("good to know"), max_length=2000, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_on = models.DateField(_("as of"), null=True, blank=True)
    unsure = models.BooleanField(_("not sure yet"), default=False)
    shipped = models.SlugField(max_length=60, blank=True)
    closed_on = models.DateField(pgettext_lazy("of an institution", "closed on"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["organisation", "name"], name="institution_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="institution_not_into_itself"
            ),
            models.UniqueConstraint(
                fields=["organisation", "shipped"], condition=~Q(shipped=""), name="institution_shipped_once"
            ),
        ]

    class Privacy:
        lock = own()
        t0 = (
            "id ref organisation kind name languages phone email website source source_on unsure shipped closed_on"
            " merged_into created_at created_by"
        )
        t1 = "note"
        t2 = ""
        merge, erase, export = "keep", "keep", False
        protect, sealed = "named", "note"

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The name in the language of the page, where it has one: official before what people call it."""
        language = (get_language() or "pl").split("-")[0]
        order = {NameKind.OFFICIAL: 0, NameKind.COMMON: 1}
        fitting = [one for one in self.names.all() if one.language == language and one.kind in order]
        return min(fitting, key=lambda one: (order[NameKind(one.kind)], one.pk)).text if fitting else self.name

    @property
    def least_tier(self) -> Tier:
        return Tier.T0

    def standing_of(self, actor: Actor) -> Standing:
        """Of no one point: everybody in the organisation is as near."""
        return Standing.POINT if self.organisation_id == actor.organisation_id else Standing.ALIEN


class InstitutionName(models.Model):
    """One name in one language (empty: of none in particular). `folded` and `keys` are written by `actions.names`."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind, default=NameKind.OFFICIAL)
    language = models.CharField(_("language"), max_length=3, blank=True)
    text = models.CharField(pgettext_lazy("of an institution", "name"), max_length=250)
    folded = models.CharField(max_length=500)
    keys = ArrayField(models.TextField(), default=list)

    class Meta:
        verbose_name = pgettext_lazy("of an institution", "name")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "kind", "language", "text"],
                name="institution_name_once",
                violation_error_message=_("This name is there already."),
            )
        ]

    class Privacy:
        lock = OF_INSTITUTION
        t0 = "id institution kind language text folded keys"
        t1 = t2 = ""
        merge, erase, export = "move", "keep", False
        protect = "keep"


class InstitutionNumber(models.Model):
    """A number in a public register. Two places may share one: schools of a town have the town's NIP."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="numbers")
    kind = models.CharField(_("register"), max_length=5, choices=NumberKind)
    value = models.CharField(_("number"), max_length=14)

    class Meta:
        verbose_name = _("number")
        ordering = ["kind", "value", "id"]
        indexes = [models.Index(fields=["value"], name="institution_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "kind", "value"],
                name="institution_number_once",
                violation_error_message=_("This number is there already."),
            )
        ]

    class Privacy:
        lock = OF_INSTITUTION
        t0 = "id institution kind value"
        t1 = t2 = ""
        merge, erase, export = "move", "keep", False
        protect = "keep"
