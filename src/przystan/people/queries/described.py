"""People of the register as the rule of `same_person` reads them: what the actor may know of each, and no more."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from przystan.access.actors import Actor

from ..rules.same_person import Described
from .visible import OPEN, SEEN, about

PEOPLE = f"""
SELECT p.id, p.ref,
    ARRAY(SELECT n.text FROM people_personname n WHERE n.person_id = p.id ORDER BY n.position, n.id),
    CASE WHEN {OPEN} THEN p.birth ELSE '' END,
    ARRAY(SELECT c.digits FROM people_channel c WHERE c.person_id = p.id AND c.digits <> '' AND {OPEN} ORDER BY c.id),
    ARRAY(SELECT c.finder FROM people_channel c
          WHERE c.person_id = p.id AND c.kind = 'email' AND {OPEN} ORDER BY c.id),
    CASE WHEN {OPEN} THEN p.centre_reference ELSE '' END,
    CASE WHEN {OPEN} THEN p.sex ELSE 'unknown' END
FROM people_person p
WHERE p.id = ANY(%(people)s) AND p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND {SEEN}
"""  # noqa: S608 - made of constants; every value is a parameter

# Who lives with whom and is whose kin is of tier 2: only of people whom the actor works with.
HOUSEHOLDS = """
SELECT m.person_id, array_agg(m.household_id) FROM people_householdmember m
WHERE m.person_id = ANY(%(people)s) AND (m.valid_to IS NULL OR m.valid_to >= current_date) GROUP BY m.person_id
"""

RELATIONS = """
SELECT side.person, array_agg(r.id) FROM people_relation r
CROSS JOIN LATERAL (VALUES (r.person_id), (r.other_id)) AS side(person)
WHERE (r.person_id = ANY(%(people)s) OR r.other_id = ANY(%(people)s)) GROUP BY side.person
"""


@dataclass(frozen=True)
class Registered:
    """A person with their reference, as far as the actor may know them: of people of other points the names alone."""

    id: int
    ref: str
    described: Described


def registered(actor: Actor, people: Collection[int], *, families: bool = False) -> dict[int, Registered]:
    """Those of these ids whom the actor may know of and who were not merged into another.

    `families`: with households and relations, for people whom the actor works with; only two of the register share any.
    """
    if not people:
        return {}
    homes = dict(_rows(actor, HOUSEHOLDS, people)) if families else {}
    kin = dict(_rows(actor, RELATIONS, people)) if families else {}
    return {
        pk: Registered(
            pk,
            ref,
            Described(
                tuple(names),
                birth,
                tuple(phones),
                tuple(emails),
                reference,
                sex,
                frozenset(homes.get(pk, ())),
                frozenset(kin.get(pk, ())),
            ),
        )
        for pk, ref, names, birth, phones, emails, reference, sex in _rows(actor, PEOPLE, people)
    }


def _rows(actor: Actor, sql: str, people: Collection[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, about(actor) | {"people": sorted(people), "organisation": actor.organisation_id})
        return list(cursor.fetchall())
