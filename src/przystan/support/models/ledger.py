"""The ledger of support. Written only by `support.actions`; read by everything that counts."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.doors import LockedModel, LockedQuerySet
from przystan.access.history import History
from przystan.access.locks import ours, own
from przystan.access.models import User
from przystan.kernel.refs import new_ref
from przystan.ledger.models import Entry, EntryQuerySet
from przystan.people.models import Household, Person
from przystan.reference.models import DateRange as DateRange  # earlier migrations name it here
from przystan.team.models import Organisation, Point

from ..enums import Interpreter, Mode, Outcome, SupportKind
from .catalogue import Service, Topic
from .conditions import OfTheirTeam, OfUnlisted


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


class SupportQuerySet(EntryQuerySet["Support"]):
    def about(self, people: models.QuerySet[Any]) -> Q:
        return Q(pk__in=SupportPerson.objects.filter(person__in=people).values("support_id"))

    def of_team(self, actor: Actor, now: Any) -> Q:
        return Q(OfTheirTeam("pk", actor.user_id, now, now))

    def of_unlisted(self, actor: Actor) -> Q:
        return Q(OfUnlisted("pk", actor.user_id))


class Support(Entry):
    """One entry of the ledger of support. What any entry is: `ledger.models.Entry`."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("service"))
    kind = models.CharField(max_length=10, choices=SupportKind, default=SupportKind.FULL)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    headcount = models.PositiveSmallIntegerField(_("people"), default=1)
    mode = models.CharField(_("how"), max_length=12, choices=Mode, default=Mode.IN_PERSON)
    place = models.CharField(_("where"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=3, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=12, choices=Interpreter, default=Interpreter.NOT_SAID)
    outcome = models.CharField(_("result"), max_length=14, choices=Outcome, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_on = models.DateField(_("by when"), null=True, blank=True)
    next_step_done_at = models.DateTimeField(null=True, blank=True)
    next_step_done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="supports")

    people = models.ManyToManyField(Person, through="SupportPerson", related_name="supports")
    topics = models.ManyToManyField(Topic, through="SupportTopic", related_name="+")

    objects = SupportQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("support")
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
            # The same for some days of it: how long the past is costs nothing then.
            models.Index(
                fields=["booked_on", "id"],
                include=["organisation", "protected", "service", "point", "sign", "day", "minutes", "headcount"],
                name="support_booked",
            ),
            models.Index(
                fields=["organisation", "next_step_on"],
                name="support_open_steps",
                condition=Q(next_step_on__isnull=False, next_step_done_at__isnull=True),
            ),
        ]
        constraints = [
            *Entry.Meta.constraints,
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
        history = History("support_entrybefore", "id", on="UPDATE")
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
        history = History("support_entrybefore", "support_id", when="NOT OLD.protected")
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
        history = History("support_entrybefore", "support_id")
        title = _("Topics of what was given")
        t0 = "id support"
        t1 = "topic minutes"
        t2 = ""
        merge, erase, export = "keep", "keep", True
        protect = "keep"
        kept = "a topic and minutes of an entry that is closed"
