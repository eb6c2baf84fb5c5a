"""Records of the whole register that may be one person's: found in sets, by what two have in common, then judged."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection

from przystan.access.actors import Actor

from ..rules.same_person import TAIL, Evidence, evidence
from .described import registered
from .visible import IN_TEAM_LASTING, SEEN, about

Pair = tuple[int, int]  # ids of two people, the lower first
Tell = Callable[[int, Callable[[], int]], None]  # how many are done, and what tells of how many

RARE = 3  # people of one name, of whom two may be one though no birth date is known of either
CROWD = 40  # people on one number, address or reference: nobody's own; and equals, but for their first
APART = 14  # years: more is no slip (rules.births)
# For hundreds of thousands of rows made on the way, of which the planner knows nothing: it takes them for a few.
PLANNED, AS_BEFORE = (
    f"SET LOCAL enable_nestloop = {way}; SET LOCAL work_mem = {memory}"
    for way, memory in (("off", "'64MB'"), ("DEFAULT", "DEFAULT"))
)

# Whom the actor works with, not by an emergency look, and so may compare; of a protected person nothing is kept that
# could be compared.
COMPARED = f"""p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND p.restricted_on IS NULL
    AND p.erased_at IS NULL AND NOT p.protected AND {SEEN}
    AND (%(system)s OR {IN_TEAM_LASTING} OR %(led)s::bigint[] IS NULL OR p.point_id = ANY(%(led)s::bigint[]))"""
IDS = f"SELECT p.id FROM people_person p WHERE p.id = ANY(%(people)s) AND {COMPARED}"  # noqa: S608 - made of constants

# Two dates, one of which may be the other with a slip (`rules.births` says which): within a year, and across years.
NEAR = """(NOT one.whole OR NOT two.whole OR one.month = two.month OR one.day = two.day
    OR one.month = two.day AND one.day = two.month)"""
SAME_DAY = f"one.whole AND two.whole AND abs(one.year::int - two.year::int) <= {APART}"

# What two doubles have in common: a birth date and a word of the name; a number or address and a word; two words and
# about the same birth date; a rare name where no birth date is known; a reference. Keys of a name are those of
# `kernel.names.keys`: "t:" the sound of a word, "g:" the given name that it is, "x:" a whole name, here of one word.
# Of a crowd of equals (names and birth date), all but the first are compared only with whoever is `lone`.
PAIRS = f"""
WITH named AS MATERIALIZED (
    SELECT person_id AS id, array_agg(keys::text ORDER BY keys::text) AS keys FROM people_namesearch GROUP BY person_id
), person AS MATERIALIZED (
    SELECT p.id, p.birth, substr(p.birth, 1, 4) AS year, substr(p.birth, 6, 2) AS month, substr(p.birth, 9) AS day,
        length(p.birth) = 10 AND substr(p.birth, 6) <> '01-01' AS whole, p.reference_digits AS digits,
        count(*) OVER same <= {CROWD} OR p.id = min(p.id) OVER same AS lone
    FROM people_person p LEFT JOIN named ON named.id = p.id WHERE {COMPARED}
    WINDOW same AS (PARTITION BY p.birth, named.keys)
), word AS MATERIALIZED (
    SELECT DISTINCT n.person_id AS id, k.key FROM people_namesearch n CROSS JOIN unnest(n.keys) AS k(key)
    WHERE left(k.key, 2) IN ('t:', 'g:') OR left(k.key, 2) = 'x:' AND strpos(k.key, ' ') = 0
), born AS MATERIALIZED (
    SELECT id, lone, birth || key AS block FROM person JOIN word USING (id) WHERE whole
), known AS MATERIALIZED (
    SELECT person.*, one.key || two.key AS name FROM person JOIN word one USING (id)
    JOIN word two ON two.id = one.id AND left(two.key, 2) = left(one.key, 2)
    WHERE left(one.key, 2) = 't:' AND one.key < two.key OR left(one.key, 2) = 'x:'
), reach AS MATERIALIZED (
    SELECT DISTINCT c.person_id AS id,
        CASE WHEN c.kind = 'email' THEN c.finder ELSE left(c.finder, {TAIL}) END AS finder
    FROM people_channel c WHERE c.kind = 'email' AND c.finder <> '' OR length(c.digits) >= {TAIL}
), held AS MATERIALIZED (
    SELECT person.*, finder || key AS block FROM reach JOIN person USING (id) JOIN word USING (id)
    WHERE finder IN (SELECT finder FROM reach GROUP BY finder HAVING count(*) BETWEEN 2 AND {CROWD})
)
SELECT one.id, two.id FROM born one JOIN born two ON two.block = one.block AND two.id > one.id
    WHERE one.lone OR two.lone
UNION
SELECT one.id, two.id FROM held one JOIN held two ON two.block = one.block AND two.id > one.id
    WHERE one.birth = '' OR two.birth = '' OR one.year = two.year AND {NEAR}
        OR one.month = two.month AND one.day = two.day AND {SAME_DAY}
UNION
SELECT one.id, two.id FROM known one JOIN known two ON two.name = one.name AND two.year = one.year AND two.id > one.id
    WHERE one.year <> '' AND {NEAR} AND (one.lone OR two.lone)
UNION
SELECT one.id, two.id FROM known one
    JOIN known two ON two.name = one.name AND two.month = one.month AND two.day = one.day AND two.id > one.id
    WHERE {SAME_DAY} AND (one.lone OR two.lone)
UNION
SELECT one.id, two.id FROM known one JOIN known two ON two.name = one.name AND two.id > one.id
    WHERE one.birth = '' AND two.birth = ''
        AND one.name IN (SELECT name FROM known GROUP BY name HAVING count(*) <= {RARE})
UNION
SELECT one.id, two.id FROM person one JOIN person two ON two.digits = one.digits AND two.id > one.id
    WHERE one.digits IN (SELECT digits FROM person WHERE digits <> '' GROUP BY digits HAVING count(*) <= {CROWD})
"""  # noqa: S608 - made of constants; every value is a parameter


def pairs_to_judge(actor: Actor) -> set[Pair]:
    """Every two of the people whom the actor works with that have enough in common to be looked at by the rule."""
    with connection.cursor() as cursor:
        cursor.execute(PLANNED)
        cursor.execute(PAIRS, _parameters(actor))
        found = set(cursor.fetchall())
        cursor.execute(AS_BEFORE)
    return found


def judged(actor: Actor, pairs: Iterable[Pair], tell: Tell) -> Iterator[tuple[Pair, Evidence]]:
    """What the rule says of each pair; pairs of people whom the actor does not work with are left out."""
    order = sorted(pairs)
    known = registered(actor, compared(actor, {pk for pair in order for pk in pair}), families=True)
    for done, (one, other) in enumerate(order):
        tell(done, lambda: len(order))
        if one in known and other in known:
            yield (one, other), evidence(known[one].described, known[other].described)


def compared(actor: Actor, people: Iterable[int]) -> set[int]:
    """Those of these ids that may be compared now."""
    with connection.cursor() as cursor:
        cursor.execute(IDS, _parameters(actor) | {"people": list(people)})
        return {pk for (pk,) in cursor.fetchall()}


def _parameters(actor: Actor) -> dict[str, Any]:
    led = None if actor.is_system or actor.leads is None else sorted(actor.leads)
    return about(actor) | {"organisation": actor.organisation_id, "led": led}
