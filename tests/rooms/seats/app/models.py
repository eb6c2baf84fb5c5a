"""Seats in closed groups, each known to its team alone."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.access.fields import SealedTextField
from przystan.access.locks import SOMEBODY, SYSTEM, Lock, in_team, own
from przystan.access.models import Glass, User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.team.models import Organisation, Point


class SeatQuerySet(models.QuerySet["Seat"]):
    def seen_by(self, actor: Actor) -> Self:
        """Those of whose team the actor is."""
        now, people = timezone.now(), Person.objects.seen_by(actor)
        mine = Leader.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), user_id=actor.user_id or 0)
        return self.filter(pk__in=mine.values("seat"), person__in=people.values("pk"))


class Seat(models.Model):
    """Of one person in one group. `word` is sealed for its team; `hint` is not."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="seats")
    hint = models.CharField(_("hint"), max_length=60, blank=True)
    word = SealedTextField(
        _("word"), max_length=60, blank=True, tier=Tier.T4, holder=lambda seat: (seat.organisation_id, seat.ref)
    )
    taken_on = models.DateField(_("taken on"), default=timezone.localdate)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        ordering = ["-id"]

    class Privacy:
        lock = own(in_team("seats_leader", "seat_id"))
        title = _("Seats in closed groups")
        t0 = "id ref organisation point"
        t1 = ""
        t2 = "person hint taken_on left_on"
        t4 = "word"
        merge, erase, export = "move", "rows", True
        protect, sealed = "fields", "hint"

    def __str__(self) -> str:
        return self.ref

    @property
    def least_tier(self) -> Tier:
        return Tier.T4

    def standing_of(self, actor: Actor) -> Standing:
        """TEAM for its team, and nobody else."""
        if self.organisation_id != actor.organisation_id:
            return Standing.ALIEN
        mine = type(self).objects.seen_by(actor).filter(pk=self.pk).exists()
        return Standing.TEAM if mine else Standing.ELSEWHERE


class Leader(models.Model):
    """Somebody in the team of a seat."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="leaders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    glass = models.ForeignKey(Glass, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]

    class Privacy:
        lock = Lock(f"{SYSTEM} OR user_id = (SELECT app_uid())", SOMEBODY)
        title = _("Teams of closed groups")
        t0 = "id seat glass"
        t1 = ""
        t2 = "user starts_at ends_at"
        merge, erase, export = "keep", "rows", True
        protect = "keep"
        kept = "behind the lock of the seat"
