"""What both ledgers share: the shape of an entry, who knows of it, and the periods that are closed."""

from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.doors import LockedModel, LockedQuerySet
from przystan.access.fields import SealedTextField
from przystan.access.locks import own
from przystan.access.models import User
from przystan.access.rights import CASES_SECRET
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.reference.models import DateRange
from przystan.team.models import Organisation, Point

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Period(models.Model):
    """Days whose records are closed, in both ledgers: from then on they are corrected by counter-entries only."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="ledger_periods")
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    closed_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("closed period")
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=F("ends")),
                name="ledger_period_in_order",
                violation_error_message=_("The first day must not be after the last."),
            ),
            ExclusionConstraint(
                name="ledger_period_closed_once",
                expressions=[
                    (DateRange("starts", "ends", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    ("organisation", RangeOperators.EQUAL),
                ],
                violation_error_message=_("Some of these days are closed already."),
            ),
        ]

    class Privacy:
        lock = own()
        t0 = "id organisation starts ends closed_at closed_by"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


def _at_points(actor: Actor) -> Q:
    """Of the actor's points, or given by them; empty where that is every entry."""
    if actor.is_system or actor.points is None:
        return Q()
    return Q(point_id__in=actor.points) | Q(staff_id=actor.user_id)


class EntryQuerySet(LockedQuerySet[Row]):
    """Who knows of entries. Each ledger says how its entries hang on people, in three conditions."""

    def about(self, people: models.QuerySet[Any]) -> Q:
        """Entries about one of these people (a queryset of ids)."""
        raise NotImplementedError

    def of_team(self, actor: Actor, now: Any) -> Q:
        """Entries about protected people of whose team the actor is."""
        raise NotImplementedError

    def of_unlisted(self, actor: Actor) -> Q:
        """Entries about nobody on whose list of who must not see them the actor is."""
        raise NotImplementedError

    def seen_by(self, actor: Actor) -> Self:
        """Entries of the actor's points and those they gave; without those about people whom they must not know of."""
        return self._known_to(actor, _at_points(actor))

    def of_people_seen_by(self, actor: Actor) -> Self:
        """Entries about people with whom the actor works, wherever and by whom they were given."""
        return self._known_to(actor, self._of_people(actor))

    def open_to(self, actor: Actor) -> Self:
        """Entries whose page the actor may open: those of lists, and those about people with whom they work."""
        listed = _at_points(actor)
        return self._known_to(actor, listed | self._of_people(actor) if listed else listed)

    def _of_people(self, actor: Actor) -> Q:
        return self.about(Person.objects.worked_with_by(actor).values("pk"))

    def _known_to(self, actor: Actor, wanted: Q) -> Self:
        """Protected people show to their team only, and nothing of people shows to those on their lists."""
        rows = self.filter(wanted, organisation_id=actor.organisation_id)
        if actor.is_system:
            return rows
        known = Q(protected=False)
        if actor.can(CASES_SECRET):
            known |= self.of_team(actor, timezone.now())
        return rows.filter(known, self.of_unlisted(actor))

    def standing(self) -> Self:
        """Entries that count: neither a counter-entry nor reversed by one."""
        reversals = self.model._default_manager.filter(reverses=OuterRef("pk")).order_by()
        return self.filter(~Exists(reversals), reverses__isnull=True)


class Entry(LockedModel):
    """What an entry of either ledger is. Its table has the trigger `ledger_guard_entry` (ledger.guards).

    `day` is when it happened: facts about people are read on it. `booked_on` is the day under which it is counted: the
    same day, but for entries made after its period was closed. `sign` is 1, or -1 for a counter-entry, which repeats
    the figures of the entry that it `reverses`.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="%(class)ss")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name=_("point"))
    staff = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("given by"))
    sign = models.SmallIntegerField(default=1)
    day = models.DateField(_("day"))
    booked_on = models.DateField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    correction_reason = SealedTextField(
        _("why corrected"), max_length=300, blank=True, holder=lambda entry: (entry.organisation_id, entry.ref)
    )
    protected = models.BooleanField(default=False)  # for a protected person: no count or list outside their team
    form_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)  # one more each time it is amended
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sign=1, reverses__isnull=True) | Q(sign=-1, reverses__isnull=False),
                name="%(class)s_sign_fits",
            ),
            models.CheckConstraint(condition=Q(booked_on__gte=F("day")), name="%(class)s_booked_not_before_day"),
        ]

    def __str__(self) -> str:
        return self.ref
