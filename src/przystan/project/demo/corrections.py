"""Closed periods of the ledger, and the few mistakes found after closing: counter-entries and the right entries."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from przystan.ledger.models import Period
from przystan.project.demo import chance
from przystan.project.demo.centre import OPENED, Centre
from przystan.project.demo.phrases import WRONG_ENTRY, WRONG_MINUTES
from przystan.support.models import Support

_SETTLED = timedelta(45)  # a quarter is closed some six weeks after it ended

_COPY = """
INSERT INTO support_support (ref, organisation_id, point_id, service_id, staff_id, kind, sign, day, booked_on,
    starts_at, minutes, headcount, mode, place, language, interpreter, outcome, next_step, gathering_id, reverses_id,
    correction_reason, protected, created_at, created_by_id)
SELECT %(ref)s, organisation_id, point_id, service_id, staff_id, kind, %(sign)s, day, %(booked)s, starts_at,
    minutes + %(more)s, headcount, mode, place, language, interpreter, outcome, '', gathering_id, %(reverses)s,
    %(reason)s, protected, %(at)s, %(by)s
FROM support_support WHERE id = %(wrong)s RETURNING id
"""
_PARTS = [
    "INSERT INTO support_supportperson (support_id, person_id, household_id, protected)"
    " SELECT %(new)s, person_id, household_id, protected FROM support_supportperson WHERE support_id = %(wrong)s",
    "INSERT INTO support_supporttopic (support_id, topic_id, minutes)"
    " SELECT %(new)s, topic_id, minutes FROM support_supporttopic WHERE support_id = %(wrong)s",
    "INSERT INTO funding_allocation (support_id, programme_id, suggested_id, reason, at, by_id)"
    " SELECT %(new)s, programme_id, suggested_id, reason, %(at)s, %(by)s FROM funding_allocation"
    " WHERE support_id = %(wrong)s",
]


def closed_until(today: date) -> date:
    """The last day of the last quarter that is closed by now."""
    day = today - _SETTLED
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(1)


def correct(rng: Random, centre: Centre, today: date) -> int:
    """Reverse a few entries of closed days and enter them again; returns how many entries that made."""
    closed = closed_until(today)
    ids = Support.objects.filter(organisation_id=centre.id, kind="full", day__lte=closed, minutes__gt=0)
    known = list(ids.order_by("pk").values_list("pk", flat=True))
    wrong = sorted(rng.sample(known, min(len(known) // 50, max(2, len(known) // 2500), 150)))
    for support in wrong:
        booked = chance.between(rng, closed + timedelta(1), today - timedelta(1))
        minutes_wrong = rng.random() < 0.6
        reason = WRONG_MINUTES if minutes_wrong else rng.choice(WRONG_ENTRY)
        _enter(rng, centre, support, booked, reason, sign=-1, more=0)
        if minutes_wrong:
            _enter(rng, centre, support, booked, reason, sign=1, more=15)
    return Support.objects.filter(organisation_id=centre.id).exclude(correction_reason=b"").count()


def _enter(rng: Random, centre: Centre, wrong: int, booked: date, reason: str, *, sign: int, more: int) -> None:
    ref = chance.ref(rng)
    sealed = Support(ref=ref, organisation_id=centre.id, correction_reason=reason)
    values: dict[str, Any] = {
        "ref": ref,
        "sign": sign,
        "booked": booked,
        "more": more,
        "reverses": wrong if sign < 0 else None,
        "reason": Support._meta.get_field("correction_reason").pre_save(sealed, add=True),
        "at": f"{booked}T11:{rng.randint(0, 59):02}:00+00",
        "by": centre.leaders[0],
        "wrong": wrong,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COPY, values)
        values["new"] = cursor.fetchone()[0]
        for part in _PARTS:
            cursor.execute(part, values)


def close(centre: Centre, today: date) -> int:
    """Close the ledger: years, then the quarters of the last year; returns how many periods."""
    until = closed_until(today)
    periods = [(date(year, 1, 1), date(year, 12, 31)) for year in range(OPENED.year, until.year)]
    first = date(until.year, 1, 1)
    while first <= until:
        last = closed_until(first + timedelta(92) + _SETTLED)
        periods.append((first, last))
        first = last + timedelta(1)
    for starts, ends in periods:
        period = Period.objects.create(
            organisation_id=centre.id, starts=starts, ends=ends, closed_by_id=centre.leaders[0]
        )
        at = datetime.combine(ends + _SETTLED, time(10), timezone.get_current_timezone())
        Period.objects.filter(pk=period.pk).update(closed_at=at)
    return len(periods)
