"""Dated facts of law and geography, with their sources. Loaded from `reference/data`, never written in code."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from przystan.access.tiers import ForAll

Row = TypeVar("Row", bound=models.Model, covariant=True)


def translated(names: dict[str, str]) -> str:
    """The name in the language of the page, else Polish, else any."""
    language = (get_language() or "pl").split("-")[0]
    return names.get(language) or names.get("pl") or next(iter(names.values()), "")


class Named(models.Model):
    """A row with a code and a name in each language of the interface."""

    code = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(_("names by language"), default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return translated(self.names)


class DateRange(Func):
    """The days between two columns, for constraints."""

    function = "DATERANGE"
    output_field = DateRangeField()


class DatedQuerySet(models.QuerySet[Row]):
    def on(self, day: date) -> Self:
        """Rows in force on a day; an open end means always."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class Dated(models.Model):
    """Something true from one day to another, both included; an empty end is open."""

    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="%(app_label)s_%(class)s_dates_in_order",
                violation_error_message=_("The first day must not be after the last."),
            )
        ]

    def holds_on(self, day: date) -> bool:
        """Whether the day lies between the two ends."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Place(models.Model):
    """A voivodeship, county or municipality. `path` holds the codes from the top down to itself, for "in or below"."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.JSONField(default=list)

    class Meta:
        ordering = ["name", "id"]

    class Privacy(ForAll):
        t0 = "id code name kind parent path"

    def __str__(self) -> str:
        return self.name


class CountryGroup(Dated):
    """Membership of a country in the EU, the EEA or Switzerland's agreement, from one day to another."""

    group = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    source = models.CharField(max_length=300)

    class Meta(Dated.Meta):
        ordering = ["group", "country", "id"]

    class Privacy(ForAll):
        t0 = "id group country valid_from valid_to source"

    def __str__(self) -> str:
        return f"{self.country} {self.group}"


class ResidenceTitle(Named, Dated):
    """A kind of right to stay (or its absence), as law has it between two days."""

    title_class = models.CharField(max_length=30)
    legal_stay = models.BooleanField(default=True)
    sensitive = models.BooleanField(default=False)
    basis = models.CharField(max_length=300, blank=True)
    proof = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Dated.Meta):
        ordering = ["position", "id"]

    class Privacy(ForAll):
        t0 = "id code names valid_from valid_to title_class legal_stay sensitive basis proof source position"
