"""Closed periods of the ledger, and the few mistakes found after closing: counter-entries and the right entries."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.funding import actions
from przystan.ledger.actions import close_period
from przystan.ledger.models import Period
from przystan.project.demo.centre import OPENED, Centre
from przystan.project.demo.phrases import WRONG_ENTRY, WRONG_MINUTES
from przystan.support.models import Support
from przystan.support.rules import Effort, Entry
from przystan.team.queries import actor_for

_SETTLED = timedelta(45)  # a quarter is closed some six weeks after it ended


def settle(rng: Random, centre: Centre, today: date) -> int:
    """Close what is long over, then correct a few entries of it; returns how many entries that made."""
    leader = actor_for(User.objects.get(pk=centre.leaders[0]))
    assert leader, "the demo has one"
    with acting(leader) as by:
        _close(by, today)
        return sum(_correct(by, rng, support) for support in _mistakes(rng, centre, closed_until(today)))


def closed_until(today: date) -> date:
    """The last day of the last quarter that is closed by now."""
    day = today - _SETTLED
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(1)


def _close(by: Actor, today: date) -> None:
    """Years, then the quarters of the last year."""
    until = closed_until(today)
    periods = [(date(year, 1, 1), date(year, 12, 31)) for year in range(OPENED.year, until.year)]
    first = date(until.year, 1, 1)
    while first <= until:
        last = closed_until(first + timedelta(92) + _SETTLED)
        periods.append((first, last))
        first = last + timedelta(1)
    for starts, ends in periods:
        period = close_period(by=by, starts=starts, ends=ends)
        at = datetime.combine(ends + _SETTLED, time(10), timezone.get_current_timezone())
        Period.objects.filter(pk=period.pk).update(closed_at=at)  # as if it had been closed then


def _mistakes(rng: Random, centre: Centre, closed: date) -> list[Support]:
    rows = Support.objects.filter(organisation_id=centre.id, kind="full", day__lte=closed, minutes__gt=0)
    known = list(rows.order_by("pk").values_list("pk", flat=True))
    wrong = sorted(rng.sample(known, min(len(known) // 50, max(2, len(known) // 2500), 150)))
    return list(rows.filter(pk__in=wrong).prefetch_related("people", "efforts").order_by("pk"))


def _correct(by: Actor, rng: Random, support: Support) -> int:
    """Take an entry back; where only its minutes were wrong, enter it again. Returns how many entries that made."""
    if rng.random() < 0.6:
        actions.correct(by=by, support=support, reason=WRONG_MINUTES, entry=_longer(support))
        return 2
    actions.correct(by=by, support=support, reason=rng.choice(WRONG_ENTRY))
    return 1


def _longer(support: Support) -> Entry:
    """The same, and a quarter of an hour more."""
    return Entry(
        **{name: getattr(support, name) for name in ("service_id", "point_id", "day", "kind", "staff_id", "headcount")},
        **{name: getattr(support, name) for name in ("starts_at", "mode", "place", "language", "interpreter")},
        outcome=support.outcome,
        minutes=support.minutes + 15,
        people=tuple(person.ref for person in support.people.all()),
        efforts=tuple(Effort(topic_id=one.topic_id, minutes=one.minutes) for one in support.efforts.all()),
    )
