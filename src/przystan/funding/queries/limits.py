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
    SELECT r.person_id, s.id, s.day, s.service_id, s.sign, s.minutes, (s.protected OR r.protected) AS hidden
    FROM support_supportperson r JOIN support_support s ON s.id = r.support_id
    WHERE r.person_id = ANY(%(people)s) AND NOT s.id = ANY(%(but)s)
)"""
THEIRS = f"""FROM mine AS m JOIN funding_allocation a ON a.support_id = m.id
JOIN funding_limit l ON l.programme_id = a.programme_id AND {COUNTS.format(s="m")}"""
# Who asks for a protected person works with them, and counts what they received; totals are without protected people.
# Counter-entries take away what they reverse. Hours are hours received: minutes times people.
EACH = f"""
SELECT l.id, m.person_id, CASE l.kind WHEN 'supports_per_person' THEN sum(m.sign) ELSE sum(m.sign * m.minutes) END
{THEIRS} WHERE l.id = ANY(%(each)s) GROUP BY l.id, m.person_id"""
PAID = f"""FROM funding_limit l JOIN funding_allocation a ON a.programme_id = l.programme_id
JOIN support_support s ON s.id = a.support_id AND NOT s.id = ANY(%(but)s) AND NOT s.protected
    AND {COUNTS.format(s="s")}"""
HOURS = f"SELECT l.id, NULL, sum(s.sign * s.minutes * s.headcount) {PAID} WHERE l.id = ANY(%(hours)s) GROUP BY l.id"
# Which of these people are counted already: for themselves alone (HIDDEN), or also in the total of others (OPENLY).
HIDDEN, OPENLY = 1, 2
THERE = f"""
SELECT l.id, m.person_id, CASE WHEN sum(m.sign) FILTER (WHERE NOT m.hidden) > 0 THEN {OPENLY} ELSE {HIDDEN} END
{THEIRS} WHERE l.id = ANY(%(heads)s) GROUP BY l.id, m.person_id HAVING sum(m.sign) > 0"""
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
            AND NOT s.id = ANY(%(but)s)
        GROUP BY r.person_id HAVING sum(s.sign) > 0
    ) others
) END FROM funding_limit l WHERE l.id = ANY(%(heads)s)"""
PARTS = {"each": [EACH], "hours": [HOURS], "heads": [THERE, HEADS]}


@dataclass(frozen=True)
class Ceiling:
    """A row of `Limit` as a plain value."""

    id: int
    kind: str
    value: int
    service_id: int | None = None


@dataclass(frozen=True)
class Load:
    """What one support takes of a limit. `people`: ids; `headcount`: everybody, the unnamed too.

    `protected`: it is counted for its own people, and in no total.
    """

    people: tuple[int, ...]
    minutes: int
    headcount: int = 1
    protected: bool = False


class Usage:
    """How much of limits is used, and would be after supports that are about to be paid for, one after another.

    No query without limits; one otherwise, for any number of people: small for limits on one person, as long as the
    programme is big for limits in all. `but`: supports (ids) that are not counted: they look for their payer.
    """

    def __init__(self, ceilings: Collection[Ceiling], people: Collection[int], but: Collection[int] = ()) -> None:
        self._used = _used(ceilings, people, but) if ceilings else {}

    def over(self, one: Ceiling, load: Load) -> bool:
        """Whether a limit would be exceeded by one more support."""
        match one.kind:
            case LimitKind.SUPPORTS_PER_PERSON:
                return any(self._of(one, person) + 1 > one.value for person in load.people)
            case LimitKind.HOURS_PER_PERSON:
                return any(self._of(one, person) + load.minutes > one.value * 60 for person in load.people)
            case LimitKind.PEOPLE:
                return self._others(one, load) + len(load.people) > one.value
            case _:
                return self._of(one) + _hours(load) > one.value * 60

    def add(self, one: Ceiling, load: Load) -> None:
        """The support is paid for: what it takes is gone for the next."""
        match one.kind:
            case LimitKind.SUPPORTS_PER_PERSON | LimitKind.HOURS_PER_PERSON:
                more = 1 if one.kind == LimitKind.SUPPORTS_PER_PERSON else load.minutes
                for person in load.people:
                    self._used[one.id, person] = self._of(one, person) + more
            case LimitKind.PEOPLE:
                counted = HIDDEN if load.protected else OPENLY
                for person in load.people:
                    self._used[one.id, person] = max(self._of(one, person), counted)
            case _:
                self._used[one.id, None] = self._of(one) + (0 if load.protected else _hours(load))

    def _of(self, one: Ceiling, person: int | None = None) -> int:
        return self._used.get((one.id, person), 0)

    def _others(self, one: Ceiling, load: Load) -> int:
        """Other people who are counted; 0 when these are counted already, and so cost nothing."""
        if all(self._of(one, person) for person in load.people):
            return 0
        counted = {who for (limit, who), how in self._used.items() if limit == one.id and who and how == OPENLY}
        return self._of(one) + len(counted.difference(load.people))


def _hours(load: Load) -> int:
    return load.minutes * max(load.headcount, len(load.people))


def _used(
    ceilings: Collection[Ceiling], people: Collection[int], but: Collection[int]
) -> dict[tuple[int, int | None], int]:
    asked = {
        "each": [one.id for one in ceilings if one.kind in PER_PERSON],
        "hours": [one.id for one in ceilings if one.kind == LimitKind.HOURS],
        "heads": [one.id for one in ceilings if one.kind == LimitKind.PEOPLE],
    }
    parts = [part for name, ids in asked.items() if ids for part in PARTS[name]]
    with connection.cursor() as cursor:
        values = {**asked, "people": list(people), "but": list(but)}
        cursor.execute(f"WITH {MINE} {' UNION ALL '.join(parts)}", values)
        return {(limit, person): int(amount) for limit, person, amount in cursor.fetchall()}
