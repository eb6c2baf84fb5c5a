"""Who paid for the demo's supports: the programmes' own rules, compiled to SQL, in order of rank."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Callable
from typing import Any

from django.db import connection

from przystan.funding.models import Limit, Programme
from przystan.funding.queries.sets import payable
from przystan.funding.queries.sql import LEDGER, memberships, of_support
from przystan.funding.rules import Membership
from przystan.project.demo.phrases import CHOSEN_ANYWAY

# Where a rule cannot tell, because a fact was never asked, some advisers take the person's word and say so.
_ON_THEIR_WORD = "right(s.ref, 1) < 'j'"  # 18 of 32 letters of a random reference

_ALLOCATE = """
WITH found AS (
    SELECT s.id, {fits} AS fits FROM {ledger}
    WHERE s.organisation_id = %(organisation)s AND s.sign = 1 AND s.service_id = ANY(%(services)s)
      AND (%(first)s::date IS NULL OR s.day >= %(first)s) AND (%(last)s::date IS NULL OR s.day <= %(last)s)
      AND NOT EXISTS (SELECT 1 FROM funding_allocation a WHERE a.support_id = s.id)
    GROUP BY s.id
)
INSERT INTO funding_allocation (support_id, programme_id, suggested_id, reason, at, by_id)
SELECT s.id, %(programme)s, CASE WHEN found.fits THEN %(programme)s END,
    CASE WHEN found.fits THEN '' ELSE %(reason)s END, s.created_at, s.created_by_id
FROM found JOIN support_support s ON s.id = found.id
WHERE {chosen}
ORDER BY s.id
"""
_FITS = "found.fits"
_UNSURE = f"found.fits IS NULL AND s.kind <> 'contact' AND {_ON_THEIR_WORD}"


def allocate(organisation: int, tick: Callable[[float], None]) -> int:
    """Give every support of the organisation its payer, if a rule finds one; returns how many have one."""
    programmes = list(Programme.objects.filter(organisation_id=organisation, outside=False).order_by("rank", "pk"))
    free = memberships()
    total = 0
    for number, (chosen, programme) in enumerate([(c, p) for c in (_FITS, _UNSURE) for p in programmes]):
        total += _allocate(programme, chosen, free)
        tick((number + 1) / (2 * len(programmes)))
    return total


def _allocate(programme: Programme, chosen: str, free: list[Membership]) -> int:
    condition = payable(programme, free)
    sql = _ALLOCATE.format(fits=of_support(condition.sql), ledger=LEDGER, chosen=chosen)
    params: dict[str, Any] = {
        "organisation": programme.organisation_id,
        "programme": programme.pk,
        "services": list(programme.services.values_list("pk", flat=True)),
        "first": programme.starts,
        "last": programme.ends,
        "reason": CHOSEN_ANYWAY,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, params | condition.params)
        paid = int(cursor.rowcount)
        for limit in Limit.objects.filter(programme=programme).order_by("pk"):
            values = {"programme": programme.pk, "service": limit.service_id, "most": limit.value}
            cursor.execute(_OVER[limit.kind], values)
            paid -= cursor.rowcount
    return paid


# What goes over a limit has no payer, or the next one in rank.
_PAID = """FROM funding_allocation a JOIN support_support s ON s.id = a.support_id
    LEFT JOIN support_supportperson r ON r.support_id = s.id
    WHERE a.programme_id = %(programme)s AND (%(service)s::bigint IS NULL OR s.service_id = %(service)s)"""
_RUNNING = f"""DELETE FROM funding_allocation USING (
    SELECT s.id, {{used}} OVER (PARTITION BY {{whose}} ORDER BY s.day, s.id, r.id ROWS UNBOUNDED PRECEDING) AS used
    {_PAID}
) gone WHERE support_id = gone.id AND gone.used > {{most}}"""
_OVER = {
    "supports_per_person": _RUNNING.format(used="count(*)", whose="r.person_id", most="%(most)s"),
    "hours_per_person": _RUNNING.format(used="sum(s.minutes)", whose="r.person_id", most="60 * %(most)s"),
    "hours": _RUNNING.format(used="sum(s.minutes)", whose="a.programme_id", most="60 * %(most)s"),
    "people": f"""DELETE FROM funding_allocation USING (
        SELECT s.id {_PAID} AND r.person_id IN (
            SELECT r.person_id {_PAID} GROUP BY r.person_id ORDER BY min(s.day), min(s.id), r.person_id OFFSET %(most)s
        )
    ) gone WHERE support_id = gone.id""",
}
