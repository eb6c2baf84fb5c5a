"""Seats as something that is kept under a tier of its own (`access.holders`)."""

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.holders import Holder, Holding, Section
from przystan.access.models import Glass
from przystan.access.tiers import Tier

from .models import Leader, Seat
from .rights import SEATS_READ


class Seats(Holder):
    model = "seats.seat"
    words, one = _("a seat"), _("one seat")
    right, way = SEATS_READ, "seat"
    began, ended = "taken_on", "left_on"
    holdings = {Tier.T4: Holding("seats", _("seats in closed groups"))}

    def of(self, tiers: Collection[Tier]) -> Q:
        return Q() if Tier.T4 in tiers else Q(pk=None)

    def leads(self, actor: Actor, row: Seat) -> bool:
        return Leader.objects.filter(seat=row, user_id=actor.user_id or 0, glass=None, ends_at=None).exists()

    def lend(self, *, by: Actor, row: Seat, glass: Glass) -> None:
        Leader.objects.create(seat=row, user_id=glass.user_id, ends_at=glass.until, glass=glass)
        audit.record(by, "glass.open", row, purpose=glass.ref)

    def end(self, *, glass: Glass) -> None:
        Leader.objects.filter(glass=glass).update(ends_at=timezone.now())

    def copy(self, actor: Actor, row: Seat, *, earlier: bool) -> list[Section]:
        audit.read(actor, row, ["word"], tier=row.least_tier)
        return [Section(self.model, "Seats", [("word", "word")], [[row.word]])]
