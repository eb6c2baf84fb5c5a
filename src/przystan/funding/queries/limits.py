"""How much of a programme's limits is used."""

# ruff: noqa: S608 (put together from constants; every value is a parameter)

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from ..enums import LimitKind

PER_PERSON = {LimitKind.SUPPORTS_PER_PERSON, LimitKind.HOURS_PER_PERSON}
# What counts against a limit: supports of its services, given on its days.
COUNTS = """(l.service_id IS NULL OR l.service_id = {s}.service_id)
    AND (l.valid_from IS NULL OR l.valid_from <= {s}.day) AND (l.valid_to IS NULL OR l.valid_to >= {s}.day)"""
# Few rows: what these people received. Materialized, or PostgreSQL may begin with all that the programme paid for.
MINE = """mine AS MATERIALIZED (
    SELECT r.person_id, s.id, s.day, s.service_id, s.sign, s.minutes
    FROM support_supportperson r JOIN support_support s ON s.id = r.support_id
    WHERE r.person_id = ANY(%(people)s) AND s.id IS DISTINCT FROM %(but)s
)"""
# Who asks for a protected person works with them, and counts what they received; totals are without protected people.
# Counter-entries take away what they reverse. Hours are hours received: minutes times people.
EACH = f"""
SELECT l.id, m.person_id, CASE l.kind WHEN 'supports_per_person' THEN sum(m.sign) ELSE sum(m.sign * m.minutes) END
FROM mine m JOIN funding_allocation a ON a.support_id = m.id
JOIN funding_limit l ON l.programme_id = a.programme_id AND {COUNTS.format(s="m")}
WHERE l.id = ANY(%(each)s) GROUP BY l.id, m.person_id"""
PAID = f"""FROM funding_limit l JOIN funding_allocation a ON a.programme_id = l.programme_id
JOIN support_support s ON s.id = a.support_id AND s.id IS DISTINCT FROM %(but)s AND NOT s.protected
    AND {COUNTS.format(s="s")}"""
HOURS = f"SELECT l.id, NULL, sum(s.sign * s.minutes * s.headcount) {PAID} WHERE l.id = ANY(%(hours)s) GROUP BY l.id"
# Everybody else has to be counted only when one of these people is new to the limit.
HEADS = f"""
SELECT l.id, NULL, CASE WHEN NOT EXISTS (
    SELECT 1 FROM unnest(%(people)s::bigint[]) AS q(id) WHERE q.id NOT IN (
        SELECT m.person_id FROM mine m JOIN funding_allocation a ON a.support_id = m.id
        WHERE a.programme_id = l.programme_id AND {COUNTS.format(s="m")}
        GROUP BY m.person_id HAVING sum(m.sign) > 0
    )
) THEN 0 ELSE (
    SELECT count(*) FROM (
        SELECT r.person_id FROM funding_allocation a JOIN support_support s ON s.id = a.support_id
        JOIN support_supportperson r ON r.support_id = s.id
        WHERE a.programme_id = l.programme_id AND {COUNTS.format(s="s")}
            AND NOT (s.protected OR r.protected) AND NOT r.person_id = ANY(%(people)s::bigint[])
            AND s.id IS DISTINCT FROM %(but)s
        GROUP BY r.person_id HAVING sum(s.sign) > 0
    ) others
) END FROM funding_limit l WHERE l.id = ANY(%(heads)s)"""
PARTS = {"each": EACH, "hours": HOURS, "heads": HEADS}


@dataclass(frozen=True)
class Ceiling:
    """A row of `Limit` as a plain value."""

    id: int
    kind: str
    value: int
    service_id: int | None = None


def exceeded(
    ceilings: Collection[Ceiling],
    people: Collection[int],
    minutes: int,
    support_id: int | None = None,
    headcount: int = 1,
) -> set[int]:
    """Ids of the limits that one more support of `minutes` for these people (ids) would exceed.

    `headcount`: everybody who receives it, the unnamed too. `support_id`: a support that is being moved, so not
    counted. No query without limits; one otherwise, small for limits on one person, as long as the programme is big
    for limits in all.
    """
    if not ceilings:
        return set()
    used = _used(ceilings, people, support_id)
    return {one.id for one in ceilings if _over(one, used, people, minutes, max(headcount, len(people)))}


def _used(ceilings: Collection[Ceiling], people: Collection[int], but: int | None) -> dict[tuple[int, int | None], int]:
    asked = {
        "each": [one.id for one in ceilings if one.kind in PER_PERSON],
        "hours": [one.id for one in ceilings if one.kind == LimitKind.HOURS],
        "heads": [one.id for one in ceilings if one.kind == LimitKind.PEOPLE],
    }
    parts = [PARTS[name] for name, ids in asked.items() if ids]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {MINE} {' UNION ALL '.join(parts)}", {**asked, "people": list(people), "but": but})
        return {(limit, person): int(amount) for limit, person, amount in cursor.fetchall()}


def _over(
    one: Ceiling, used: dict[tuple[int, int | None], int], people: Collection[int], minutes: int, headcount: int
) -> bool:
    total = used.get((one.id, None), 0)
    match one.kind:
        case LimitKind.SUPPORTS_PER_PERSON:
            return any(used.get((one.id, person), 0) + 1 > one.value for person in people)
        case LimitKind.HOURS_PER_PERSON:
            return any(used.get((one.id, person), 0) + minutes > one.value * 60 for person in people)
        case LimitKind.PEOPLE:
            # `total` leaves these people out, so that those counted already cost nothing.
            return total + len(people) > one.value
        case _:
            return total + minutes * headcount > one.value * 60
