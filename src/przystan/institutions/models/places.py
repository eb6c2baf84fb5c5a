"""Where an institution is, and when it is open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.reference.models import Dated
from przystan.team.models import WeeklyHours, hours_constraints

from .institution import OF_INSTITUTION, Institution


class Address(models.Model):
    """A place where it receives people. Coordinates in degrees (WGS 84), both or none."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="addresses")
    label = models.CharField(_("what is there"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(pgettext_lazy("of an address", "town"), max_length=120)
    latitude = models.DecimalField(max_digits=7, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name = _("address")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "street", "town", "label"],
                name="institution_address_once",
                violation_error_message=_("This address is there already."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="institution_coordinates_both_or_none",
            ),
        ]

    class Privacy:
        lock = OF_INSTITUTION
        t0 = "id institution label street postcode town latitude longitude"
        t1 = t2 = ""
        merge, erase, export = "move", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.street, " ".join(filter(None, [self.postcode, self.town]))]))


class Opening(WeeklyHours):
    """When it is open on one weekday; `note`: for whom or where, if not for all."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="hours")

    class Meta(Dated.Meta):
        ordering = ["institution", "weekday", "opens", "id"]
        constraints = hours_constraints("opening", _("The closing time must be later than the opening time."))

    class Privacy:
        lock = OF_INSTITUTION
        t0 = "id institution weekday opens closes note valid_from valid_to"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False  # of two tables of hours one holds: actions.merging
        protect = "keep"
