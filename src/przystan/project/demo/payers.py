"""Who paid for the demo's supports: the programmes' own rules, compiled to SQL, in order of rank."""

from collections.abc import Callable

from django.db import connection

from przystan.funding.models import Programme, TargetRule
from przystan.funding.queries.sql import LEDGER, compile_rule, memberships, of_support
from przystan.funding.rules import EVERYONE, All, Membership, Rule, parse
from przystan.project.demo.phrases import CHOSEN_ANYWAY

# Where a rule cannot tell, because a fact was never asked, some advisers take the person's word and say so.
_ON_THEIR_WORD = 55  # in a hundred

_ALLOCATE = """
WITH found AS (
    SELECT s.id, {fits} AS fits FROM {ledger}
    WHERE s.organisation_id = %(organisation)s AND s.sign = 1 AND s.service_id = ANY(%(services)s)
      AND (%(first)s::date IS NULL OR s.day >= %(first)s) AND (%(last)s::date IS NULL OR s.day <= %(last)s)
      AND (%(points)s::bigint[] IS NULL OR s.point_id = ANY(%(points)s))
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
_UNSURE = f"found.fits IS NULL AND s.kind <> 'contact' AND mod(s.id, 100) < {_ON_THEIR_WORD}"


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
    condition = compile_rule(_rule(programme), free)
    sql = _ALLOCATE.format(fits=of_support(condition.sql), ledger=LEDGER, chosen=chosen.replace("%", "%%"))
    params = {
        "organisation": programme.organisation_id,
        "programme": programme.pk,
        "services": list(programme.services.values_list("pk", flat=True)),
        "points": _points(programme),
        "first": programme.starts,
        "last": programme.ends,
        "reason": CHOSEN_ANYWAY,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, params | condition.params)
        return int(cursor.rowcount)


def _rule(programme: Programme) -> Rule:
    """The shipped programmes have one rule for all their days."""
    trees = TargetRule.objects.filter(programme=programme).order_by("pk").values_list("tree", flat=True)
    rules = [parse(tree) for tree in trees]
    return All(tuple(rules)) if rules else EVERYONE


def _points(programme: Programme) -> list[int] | None:
    """The points in the programme's territory; None when it has no territory."""
    codes = set(programme.territory.values_list("code", flat=True))
    if not codes:
        return None
    points = programme.organisation.points.select_related("place").order_by("pk")
    return [point.pk for point in points if point.place and codes.intersection(point.place.path)]
