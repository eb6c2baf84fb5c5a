"""How much of a programme's limits is used."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from ..enums import LimitKind

PAID = (
    "FROM funding_limit l JOIN funding_allocation a ON a.programme_id = l.programme_id"
    " JOIN support_support s ON s.id = a.support_id AND s.id IS DISTINCT FROM %(but)s"
    " AND (l.service_id IS NULL OR l.service_id = s.service_id)"
)
RECIPIENTS = "JOIN support_supportperson r ON r.support_id = s.id"
# Counter-entries take away what they reverse. Hours are hours received: minutes times people.
USED = f"""
SELECT l.id, r.person_id, CASE l.kind WHEN 'supports_per_person' THEN sum(s.sign) ELSE sum(s.sign * s.minutes) END
{PAID} {RECIPIENTS}
WHERE l.id = ANY(%(each)s) AND r.person_id = ANY(%(people)s) GROUP BY l.id, r.person_id
UNION ALL
SELECT l.id, NULL, sum(s.sign * s.minutes * s.headcount) {PAID} WHERE l.id = ANY(%(hours)s) GROUP BY l.id
UNION ALL
SELECT id, NULL, count(*) FILTER (WHERE NOT person_id = ANY(%(people)s)) FROM (
    SELECT l.id, r.person_id {PAID} {RECIPIENTS}
    WHERE l.id = ANY(%(heads)s) GROUP BY l.id, r.person_id HAVING sum(s.sign) > 0
) counted GROUP BY id
"""
PER_PERSON = {LimitKind.SUPPORTS_PER_PERSON, LimitKind.HOURS_PER_PERSON}


@dataclass(frozen=True)
class Ceiling:
    """A row of `Limit` as a plain value."""

    id: int
    kind: str
    value: int
    service_id: int | None = None


def exceeded(
    ceilings: Collection[Ceiling], people: Collection[int], minutes: int, support_id: int | None = None
) -> set[int]:
    """Ids of the limits that one more support of `minutes` for these people (ids) would exceed.

    `support_id`: a support that is being moved, so not counted. No query without limits.
    """
    if not ceilings:
        return set()
    used = _used(ceilings, people, support_id)
    return {one.id for one in ceilings if _over(one, used, people, minutes)}


def _used(ceilings: Collection[Ceiling], people: Collection[int], but: int | None) -> dict[tuple[int, int | None], int]:
    asked = {
        "each": [one.id for one in ceilings if one.kind in PER_PERSON],
        "hours": [one.id for one in ceilings if one.kind == LimitKind.HOURS],
        "heads": [one.id for one in ceilings if one.kind == LimitKind.PEOPLE],
    }
    with connection.cursor() as cursor:
        cursor.execute(USED, {**asked, "people": list(people), "but": but})
        return {(limit, person): int(amount) for limit, person, amount in cursor.fetchall()}


def _over(one: Ceiling, used: dict[tuple[int, int | None], int], people: Collection[int], minutes: int) -> bool:
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
            return total + minutes * max(len(people), 1) > one.value * 60
