"""Who paid for a million supports: the programmes' own rules, compiled to SQL, in order of rank.

The product pays by `funding.actions.give_all`, which would take a quarter of an hour for that many.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection

from przystan.funding.models import Allocation, Limit, Programme
from przystan.funding.queries.ledger import LEDGER, on_ledger
from przystan.funding.queries.sets import payable
from przystan.project.demo.phrases import CHOSEN_ANYWAY
from przystan.rules.sql import Compiler, of_all

# Where a rule cannot tell, because a fact was never asked, some advisers take the person's word and say so.
_ON_THEIR_WORD = "right(s.ref, 1) < 'j'"  # 18 of 32 letters of a random reference

_REMEMBER = "CREATE TEMPORARY TABLE demo_unsure (support_id bigint, programme_id bigint) ON COMMIT DROP"
_SURE = """
WITH found AS MATERIALIZED (
    SELECT s.id, {fits} AS fits FROM {ledger}
    WHERE s.organisation_id = %(organisation)s AND s.sign = 1 AND s.service_id = ANY(%(services)s)
      AND (%(first)s::date IS NULL OR s.day >= %(first)s) AND (%(last)s::date IS NULL OR s.day <= %(last)s)
      AND NOT EXISTS (SELECT 1 FROM funding_allocation a WHERE a.support_id = s.id)
    GROUP BY s.id
), unsure AS (
    INSERT INTO demo_unsure SELECT id, %(programme)s FROM found WHERE fits IS NULL
)
INSERT INTO funding_allocation (support_id, programme_id, suggested_id, reason, at, by_id)
SELECT s.id, %(programme)s, %(programme)s, '', s.created_at, s.created_by_id
FROM found JOIN support_support s ON s.id = found.id WHERE found.fits ORDER BY s.id
"""
_UNSURE = f"""
INSERT INTO funding_allocation (support_id, programme_id, suggested_id, reason, at, by_id)
SELECT s.id, %(programme)s, NULL, %(reason)s, s.created_at, s.created_by_id
FROM demo_unsure u JOIN support_support s ON s.id = u.support_id
WHERE u.programme_id = %(programme)s AND s.kind <> 'contact' AND {_ON_THEIR_WORD}
  AND NOT EXISTS (SELECT 1 FROM funding_allocation a WHERE a.support_id = s.id)
ORDER BY s.id
"""


def allocate(organisation: int, tick: Callable[[float], None]) -> int:
    """Give every support of the organisation its payer, if a rule finds one; returns how many have one."""
    programmes = list(Programme.objects.filter(organisation_id=organisation, outside=False).order_by("rank", "pk"))
    compiler = on_ledger()
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER)
        for number, programme in enumerate(programmes):
            _pay(cursor, programme, *_sure(programme, compiler))
            tick((number + 1) / len(programmes))
        cursor.execute("ANALYZE demo_unsure")
        for programme in programmes:
            _pay(cursor, programme, _UNSURE, {"programme": programme.pk, "reason": CHOSEN_ANYWAY})
        cursor.execute("DROP TABLE demo_unsure")
    return Allocation.objects.filter(programme__organisation_id=organisation).count()


def _sure(programme: Programme, compiler: Compiler) -> tuple[str, dict[str, Any]]:
    condition = payable(programme, compiler)
    params: dict[str, Any] = {
        "organisation": programme.organisation_id,
        "programme": programme.pk,
        "services": list(programme.services.values_list("pk", flat=True)),
        "first": programme.starts,
        "last": programme.ends,
    }
    return _SURE.format(fits=of_all(condition.sql), ledger=LEDGER), params | condition.params


def _pay(cursor: Any, programme: Programme, sql: str, params: dict[str, Any]) -> None:
    cursor.execute(sql, params)
    for limit in Limit.objects.filter(programme=programme).order_by("pk"):
        values = {"programme": programme.pk, "service": limit.service_id, "most": limit.value}
        cursor.execute(_OVER[limit.kind], values)


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
