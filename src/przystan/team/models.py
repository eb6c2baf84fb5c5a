"""The centre: organisations, their points and hours, and who works there in which role."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from przystan.access.models import User
from przystan.access.roles import CHOICES
from przystan.kernel.refs import new_ref
from przystan.reference.models import Dated, DatedQuerySet, Place

from .locks import of_resets, of_roles


class Organisation(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=30)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]

    class Privacy:
        unlocked = "asked to find out who acts: accounts, roles, points; of staff only"
        t0 = "id ref name short_name is_demo"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return self.short_name


class Point(models.Model):
    """A place where the organisation receives people."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="points")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("town"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("point")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="point_code_once",
                violation_error_message=_("This code is already in use."),
            )
        ]

    class Privacy:
        unlocked = "asked to find out who acts: accounts, roles, points; of staff only"
        t0 = "id ref organisation code name place address opened_on closed_on"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return self.name


class WeeklyHours(Dated):
    """Hours on one weekday (0 = Monday), wherever it is that opens."""

    weekday = models.PositiveSmallIntegerField(_("weekday"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Dated.Meta):
        abstract = True

    @property
    def weekday_name(self) -> str:
        """In the page's language."""
        return str(WEEKDAYS[self.weekday])


def hours_constraints(name: str, said: Any) -> list[models.BaseConstraint]:
    """What the database holds of a table of weekly hours; `name` begins the names of its constraints.

    `said`: to whom it closes before it opens.
    """
    return [
        *Dated.Meta.constraints,
        models.CheckConstraint(condition=Q(weekday__lte=6), name=f"{name}_weekday"),
        models.CheckConstraint(
            condition=Q(opens__lt=models.F("closes")),
            name=f"{name}_in_order",
            violation_error_message=said,
        ),
    ]


class OfficeHours(WeeklyHours):
    """Walk-in hours of a point on one weekday."""

    point = models.ForeignKey(Point, models.CASCADE, related_name="hours")

    class Meta(Dated.Meta):
        ordering = ["point", "weekday", "opens"]
        constraints = hours_constraints("hours", _("A point opens before it closes."))

    class Privacy:
        unlocked = "asked to find out who acts: accounts, roles, points; of staff only"
        t0 = "id point weekday opens closes note valid_from valid_to"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class StaffProfile(models.Model):
    """What colleagues need to know of a member of staff."""

    user = models.OneToOneField(User, models.CASCADE, related_name="profile")
    languages = models.JSONField(_("languages"), default=list)
    is_volunteer = models.BooleanField(_("volunteer"), default=False)

    class Privacy:
        unlocked = "accounts of staff and what opens them: no organisation is known before somebody has logged in"
        t0 = "id user languages is_volunteer"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


class MembershipQuerySet(DatedQuerySet["Membership"]):
    def on(self, day: date) -> Self:
        """Roles held on a day; what still waits for a second person is not held."""
        return super().on(day).exclude(asked_by__isnull=False, confirmed_by=None)

    def waiting(self) -> Self:
        """Roles that somebody asked for and nobody has agreed to yet."""
        return self.filter(asked_by__isnull=False, confirmed_by=None)


class Membership(Dated):
    """A role of a member of staff in an organisation, at one point or at all of them, from one day to another.

    A role that gives more than who gives it may do is asked for (`asked_by`), and holds once a second person agrees.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, verbose_name=_("point"))
    role = models.CharField(_("role"), max_length=40, choices=CHOICES)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["user", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | Q(asked_by__isnull=False) & ~Q(confirmed_by=models.F("asked_by")) & ~Q(confirmed_by=models.F("user")),
                name="role_by_two_people",
            ),
        ]

    class Privacy:
        lock = of_roles()
        t0 = "id ref user organisation point role valid_from valid_to asked_by confirmed_by"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"

    @property
    def waits(self) -> bool:
        """Whether a second person has still to agree."""
        return self.asked_by_id is not None and self.confirmed_by_id is None

    def holds_on(self, day: date) -> bool:
        """Whether the role is held on this day."""
        return not self.waits and super().holds_on(day)

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class LoginReset(models.Model):
    """A new first password that somebody asked for and a second person must confirm within a day."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="reset_confirmed_both_or_none",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | ~Q(confirmed_by=models.F("asked_by")) & ~Q(confirmed_by=models.F("user")),
                name="reset_by_two_people",
            ),
        ]

    class Privacy:
        lock = of_resets()
        t0 = "id ref organisation user asked_by asked_at confirmed_by confirmed_at"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
