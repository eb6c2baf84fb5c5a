"""The ledger of support. Written only by `support.actions`; read by everything that counts."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.doors import LockedModel, LockedQuerySet
from przystan.access.fields import SealedTextField
from przystan.access.locks import ours, own
from przystan.access.models import User
from przystan.access.rights import CASES_SECRET
from przystan.kernel.refs import new_ref
from przystan.people.models import Household, Person
from przystan.team.models import Organisation, Point

from ..enums import Interpreter, Kind, Mode, Outcome
from .catalogue import Service, Topic
from .conditions import OfTheirTeam, OfUnlisted


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class LedgerPeriod(models.Model):
    """Days whose records are closed: from then on they are corrected by counter-entries only."""

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


class Gathering(models.Model):
    """A lesson, a workshop, an event: one Support for each named person and one for all the unnamed."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="gatherings")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    title = models.CharField(_("what it was"), max_length=120, blank=True)

    class Meta:
        ordering = ["-day", "-id"]

    class Privacy:
        lock = own()
        t0 = "id ref organisation point service day minutes title"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "fields"
        sealed = "title"


def _at_points(actor: Actor) -> Q:
    """Given at the actor's points or by them; empty where that is every entry."""
    if actor.is_system or actor.points is None:
        return Q()
    return Q(point_id__in=actor.points) | Q(staff_id=actor.user_id)


def _of_people(actor: Actor) -> Q:
    people = SupportPerson.objects.filter(person__in=Person.objects.worked_with_by(actor).values("pk"))
    return Q(pk__in=people.values("support_id"))


class SupportQuerySet(LockedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """Entries of the actor's points and those they gave; without those about people whom they must not know of."""
        return self._known_to(actor, _at_points(actor))

    def of_people_seen_by(self, actor: Actor) -> Self:
        """Entries about people with whom the actor works, wherever and by whom they were given."""
        return self._known_to(actor, _of_people(actor))

    def open_to(self, actor: Actor) -> Self:
        """Entries whose page the actor may open: those of lists, and those about people with whom they work."""
        listed = _at_points(actor)
        return self._known_to(actor, listed | _of_people(actor) if listed else listed)

    def _known_to(self, actor: Actor, wanted: Q) -> Self:
        """Protected people show to their team only, and nothing of people shows to those on their lists."""
        rows = self.filter(wanted, organisation_id=actor.organisation_id)
        if actor.is_system:
            return rows
        known = Q(protected=False)
        if actor.can(CASES_SECRET):
            now = timezone.now()
            known |= Q(OfTheirTeam("pk", actor.user_id, now, now))
        return rows.filter(known, OfUnlisted("pk", actor.user_id))

    def standing(self) -> Self:
        """Entries that count: neither a counter-entry nor reversed by one."""
        reversals = self.model._default_manager.filter(reverses=OuterRef("pk")).order_by()
        return self.filter(~Exists(reversals), reverses__isnull=True)


class Support(LockedModel):
    """One entry of the ledger.

    `day` is when the support was given: facts about people are read on it. `booked_on` is the day under which it is
    counted: the same day, but for entries made after its period was closed. `sign` is 1, or -1 for a counter-entry,
    which repeats the figures of the entry that it `reverses`.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="supports")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name=_("point"))
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("service"))
    staff = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("given by"))
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FULL)
    sign = models.SmallIntegerField(default=1)
    day = models.DateField(_("day"))
    booked_on = models.DateField()
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    headcount = models.PositiveSmallIntegerField(_("people"), default=1)
    mode = models.CharField(_("how"), max_length=12, choices=Mode, default=Mode.IN_PERSON)
    place = models.CharField(_("where"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=3, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=12, choices=Interpreter, default=Interpreter.NONE)
    outcome = models.CharField(_("result"), max_length=14, choices=Outcome, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_on = models.DateField(_("by when"), null=True, blank=True)
    next_step_done_at = models.DateTimeField(null=True, blank=True)
    next_step_done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="supports")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    correction_reason = SealedTextField(
        _("why corrected"), max_length=300, blank=True, holder=lambda entry: (entry.organisation_id, entry.ref)
    )
    protected = models.BooleanField(default=False)  # for a protected person: no count or list outside their team
    form_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)  # one more each time it is amended
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    people = models.ManyToManyField(Person, through="SupportPerson", related_name="supports")
    topics = models.ManyToManyField(Topic, through="SupportTopic", related_name="+")

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("support")
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-day", "-id"], name="support_by_day"),
            models.Index(fields=["organisation", "service", "-day", "-id"], name="support_by_service"),
            models.Index(fields=["staff", "-day"], name="support_by_staff"),
            # Counting a whole ledger reads this instead of the rows: three times quicker (bench/indicators.md).
            models.Index(
                fields=["id"],
                include=[
                    *("organisation", "protected"),  # asked by row-level security
                    *("service", "point", "sign", "day", "booked_on", "minutes", "headcount"),
                ],
                name="support_counted",
            ),
            models.Index(
                fields=["organisation", "next_step_on"],
                name="support_open_steps",
                condition=Q(next_step_on__isnull=False, next_step_done_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sign=1, reverses__isnull=True) | Q(sign=-1, reverses__isnull=False),
                name="support_sign_fits",
            ),
            models.CheckConstraint(condition=Q(booked_on__gte=F("day")), name="support_booked_not_before_day"),
            models.CheckConstraint(
                condition=Q(headcount__gte=1),
                name="support_someone",
                violation_error_message=_("At least one person."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=24 * 60),
                name="support_minutes_of_a_day",
                violation_error_message=_("A day has 1440 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(next_step_done_at__isnull=False) | Q(next_step_done_by__isnull=True),
                name="support_step_done_at_and_by",
            ),
        ]

    class Privacy:
        lock = own("(NOT protected OR app_knows_support(id))")
        title = _("What was given")
        t0 = (
            "id ref organisation point service staff kind sign day booked_on starts_at minutes headcount mode place"
            " gathering reverses form_token version created_at created_by"
        )
        t1 = "language interpreter outcome next_step next_step_on next_step_done_at next_step_done_by people topics"
        t2 = "correction_reason"
        t4 = "protected"
        merge, erase, export = "keep", "fields", True
        protect = "fields"
        sealed = "place next_step"
        emptied = "next_step correction_reason"  # the entry stays, counted, without a word about its person

    def __str__(self) -> str:
        return self.ref


class SupportPerson(models.Model):
    """Who received it, and the household they belonged to on that day (for counts of households)."""

    support = models.ForeignKey(Support, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(Person, models.PROTECT, related_name="received")
    household = models.ForeignKey(Household, models.SET_NULL, null=True, blank=True, related_name="+")
    protected = models.BooleanField(default=False)  # like the support's own: the database's second lock asks it

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["support", "person"], name="support_person_once")]
        indexes = [models.Index(fields=["person", "support"], name="support_of_person")]

    class Privacy:
        lock = ours("person", "person_id", also="(NOT protected OR app_knows_person(person_id))")
        title = _("Part in what was given")
        t0 = "id support"
        t1 = "person household"
        t2 = ""
        t4 = "protected"
        merge, erase, export = "move", "keep", True
        protect = "keep"
        kept = "marked by a trigger, behind a lock of its own"


class SupportTopic(LockedModel):
    """Minutes of a support spent on a topic."""

    support = models.ForeignKey(Support, models.CASCADE, related_name="efforts")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    objects = LockedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["support", "topic"], name="support_topic_once")]

    class Privacy:
        lock = ours("support", "support_id")
        title = _("Topics of what was given")
        t0 = "id support"
        t1 = "topic minutes"
        t2 = ""
        merge, erase, export = "keep", "keep", True
        protect = "keep"
        kept = "a topic and minutes of an entry that is closed"
