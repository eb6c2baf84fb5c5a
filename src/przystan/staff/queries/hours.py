"""Hours that people noted: of a month, and those that wait for somebody's word."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from przystan.access.actors import Actor

from ..models import Hour, Worker
from ..models.workers import near
from ..rights import STAFF_WRITE
from ..rules.hours import Noted, Total, total


def month_of(actor: Actor, worker: Worker, month: date) -> QuerySet[Hour]:
    """What is counted in the month of this day, oldest first: with what was taken back, and by which entry."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    rows = Hour.objects.seen_by(actor).filter(worker=worker, booked_on__range=(month.replace(day=1), last))
    related = ("worker", "for_user", "for_point", "confirmed_by", "reversed_by", "reverses")
    return rows.select_related(*related).order_by("day", "id")


def total_of(rows: Iterable[Hour]) -> Total:
    """Minutes that are confirmed, and that wait."""
    return total(Noted(row.signed, row.confirmed_at is not None) for row in rows)


def to_confirm(actor: Actor) -> QuerySet[Hour]:
    """What waits for the actor's word: it was for them, or of whom they lead, or noted for them by somebody else."""
    mine = Q(for_user_id=actor.user_id or 0) | Q(worker__user_id=actor.user_id or 0)
    if actor.can(STAFF_WRITE):
        mine |= near(actor, "worker__")
    waiting = Hour.objects.seen_by(actor).waiting().filter(mine).exclude(noted_by_id=actor.user_id or 0)
    return waiting.select_related("worker", "for_user", "for_point", "reverses").order_by("day", "id")
