"""Finding people by the sound of a name, in PostgreSQL: what `kernel.names.ranking` asks of their register.

A birth date narrows the rows before they are limited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from przystan.access.actors import Actor
from przystan.kernel.dates import PartialDate
from przystan.kernel.names import KeyGroup
from przystan.kernel.names.ranking import NameHit, Row, ranked

from ..rules.births import slips_of
from .visible import OPEN, SEEN, about


def by_name(
    actor: Actor, text: str, birth: PartialDate | None = None, limit: int = 20, besides: int | None = None
) -> list[NameHit]:
    """People of the actor's organisation whose name is like `text`, best first, each once.

    With `birth`, only those born then or on a day that a slip may have made of it, and after them those whose birth
    date is not known (`NameHit.known`: it is).
    `besides`: the id of a person who is not looked for, and who ends no search by fitting well.
    """
    return ranked(text, Names(actor, birth), limit, besides)


@dataclass(frozen=True)
class Names:
    """The names of people whom the actor may know of."""

    actor: Actor
    birth: PartialDate | None

    def by_keys(self, groups: Sequence[KeyGroup], limit: int) -> list[Row]:
        """Name rows that have, for one of the groups, a key of each of its sets."""
        either: list[str] = []
        values: list[Any] = []
        for group in groups:
            numbers = range(len(values), len(values) + len(group.all_of))
            either.append("(" + " AND ".join(f"keys && %(v{number})s::text[]" for number in numbers) + ")")
            values += [sorted(some) for some in group.all_of]
        return _rows(self.actor, " OR ".join(either), values, self.birth, limit)

    def begun(self, words: Sequence[str], limit: int) -> list[Row]:
        """Name rows whose words begin, in plain Latin, with the words that were typed: "yaro koval", in any order."""
        either: list[str] = []
        values: list[Any] = []
        for first in words:  # folded words are letters and digits: nothing to escape
            others = list(words)
            others.remove(first)
            numbers = range(len(values), len(values) + len(words))
            either.append("(" + " AND ".join(f"folded LIKE %(v{number})s" for number in numbers) + ")")
            values += [f"{first}%", *(f"% {other}%" for other in others)]
        return _rows(self.actor, " OR ".join(either), values, self.birth, limit)


def _rows(actor: Actor, where: str, values: list[Any], birth: PartialDate | None, limit: int) -> list[Row]:
    """Names that fit, of people whom the actor may know of.

    The names come first and by their index (through its own view: decision 32), then each one's person: the planner,
    left alone, reads all people. Who
    belongs to another point is found by name alone: the birth date neither narrows nor comes back.
    """
    born = f""" AND (birth_from IS NULL OR birth = ANY(%(slips)s) OR NOT {OPEN}
        OR (birth_from <= %(latest)s AND birth_to >= %(earliest)s))"""
    sql = f"""
        WITH n AS MATERIALIZED (SELECT person_id, text, folded FROM people_namesearch WHERE {where})
        SELECT n.person_id, n.text, n.folded, p.birth_from IS NOT NULL
        FROM n CROSS JOIN LATERAL (
            SELECT CASE WHEN {OPEN} THEN p.birth_from END AS birth_from FROM people_person p
            WHERE id = n.person_id AND organisation_id = %(organisation)s AND merged_into_id IS NULL
            AND {SEEN}{born if birth else ""}
            OFFSET 0
        ) AS p
        LIMIT {limit}
    """  # noqa: S608 - made of constants; every value is a parameter
    parameters = about(actor) | {f"v{number}": value for number, value in enumerate(values)}
    parameters |= {"organisation": actor.organisation_id}
    if birth:
        parameters |= {"latest": birth.latest(), "earliest": birth.earliest(), "slips": slips_of(birth)}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
