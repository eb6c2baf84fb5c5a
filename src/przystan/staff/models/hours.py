"""Hours of interpreters, volunteers and whoever else counts them. Written by `staff.actions` only."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.access.doors import LockedModel, LockedQuerySet
from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref
from przystan.links.locks import or_held
from przystan.links.models import Link
from przystan.reference.cldr import language_name
from przystan.team.models import Organisation, Point

from ..enums import Confirmed, HourMode, Task
from ..locks import of_hours
from .workers import Worker, near


class HourQuerySet(LockedQuerySet["Hour"]):
    def seen_by(self, actor: Actor) -> Self:
        """One's own, those of whom one leads, those for oneself; to who holds a link, the one it asks of. What is left
        of somebody who was erased is counted, and nobody's to see."""
        if actor.held:
            return self.filter(link__digest=actor.held)
        ours = self.filter(organisation_id=actor.organisation_id, worker__erased_at=None)
        return ours.filter(near(actor, "worker__") | Q(for_user_id=actor.user_id or 0))

    def standing(self) -> Self:
        """Without those that were taken back, and without the counter-entries that did it."""
        return self.filter(reversed_by=None, reverses=None)

    def waiting(self) -> Self:
        """Those that nobody has confirmed: but for what was taken back before anybody did."""
        return self.filter(confirmed_at=None, reversed_by=None).exclude(reverses__confirmed_at=None, sign=-1)


class Hour(LockedModel):
    """Time that somebody gave, for a colleague or a point; never with a client's name.

    `day`: when it was; `booked_on`: under which it is counted, the day of a correction for what was confirmed already.
    A mistake is taken back by a counter-entry (`sign` -1), which repeats what it `reverses`.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="hours")
    day = models.DateField(_("day"))
    booked_on = models.DateField()
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    task = models.CharField(_("what"), max_length=14, choices=Task, default=Task.INTERPRETING)
    language = models.CharField(_("language"), max_length=8, blank=True)
    mode = models.CharField(_("how"), max_length=10, choices=HourMode, default=HourMode.IN_PERSON)
    for_user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for which colleague")
    )
    for_point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for which point")
    )
    sign = models.SmallIntegerField(_("added or taken away"), default=1)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    link = models.OneToOneField(Link, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    form_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_how = models.CharField(max_length=8, choices=Confirmed, blank=True)

    objects = HourQuerySet.as_manager()

    class Meta:
        verbose_name = _("hour")
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["worker", "booked_on"], name="staff_hour_of_month")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="staff_hour_takes_time"),
            models.CheckConstraint(
                condition=Q(for_user__isnull=False) | Q(for_point__isnull=False),
                name="staff_hour_for_somebody",
                violation_error_message=_("Choose for which colleague or point it was."),
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True) | Q(starts__isnull=False, ends__isnull=False),
                name="staff_hour_from_and_to",
                violation_error_message=_("Write from and to, or only the minutes."),
            ),
            models.CheckConstraint(
                condition=Q(sign=1, reverses__isnull=True) | Q(sign=-1, reverses__isnull=False),
                name="staff_hour_counters",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, confirmed_how="")
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, confirmed_how="account")
                | Q(confirmed_at__isnull=False, confirmed_by=None, confirmed_how__in=["link", "erased"]),
                name="staff_hour_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(noted_by=None) | ~Q(confirmed_by=models.F("noted_by")),
                name="staff_hour_by_two_people",
            ),
            # Asked by a key of the database: a counter-entry takes away from the same worker, and as much.
            models.UniqueConstraint(fields=["id", "worker", "minutes"], name="staff_hour_of_worker"),
        ]

    class Privacy:
        lock = or_held(of_hours())
        title = _("Hours of people who work here")
        t0 = "id ref organisation worker link form_token noted_at noted_by confirmed_at confirmed_by confirmed_how"
        t1 = "day booked_on starts ends minutes task language mode for_user for_point sign reverses"
        t2 = ""
        merge, erase, export = "keep", "fields", True
        counted, emptied = Q(confirmed_at__isnull=False), "starts ends language"  # bills were paid by them
        protect, kept = "keep", "about somebody who works here, not about who comes"

    def __str__(self) -> str:
        return self.ref

    @property
    def least_tier(self) -> Tier:
        return Tier.T1

    def standing_of(self, actor: Actor) -> Standing:
        """TEAM too for the colleague for whom it was. Working at the same point is no reason to know of it."""
        if actor.held:
            return self.link.standing_of(actor) if self.link else Standing.ALIEN
        found = self.worker.standing_of(actor)
        if found is not Standing.ALIEN and self.for_user_id and self.for_user_id == actor.user_id:
            return Standing.TEAM
        return Standing.ELSEWHERE if found is Standing.POINT else found

    @property
    def asks_worker(self) -> bool:
        """Whether it waits for the worker's word: somebody else noted it."""
        own = self.worker.user_id is not None and self.worker.user_id == self.noted_by_id
        return self.confirmed_at is None and self.sign > 0 and not self.was_taken_back and not own

    @property
    def signed(self) -> int:
        """Minutes, taken away where it is a counter-entry."""
        return self.sign * self.minutes

    @property
    def language_name(self) -> str:
        """In the page's language; "" where none was noted."""
        return language_name(self.language) if self.language else ""

    @property
    def was_taken_back(self) -> bool:
        """Whether there is a counter-entry of it."""
        return hasattr(self, "reversed_by")
