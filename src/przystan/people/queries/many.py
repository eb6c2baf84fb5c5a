"""Who is known already, for thousands of descriptions at once: an import asks for all its rows in a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from przystan.access.actors import Actor
from przystan.kernel.names import compare, strong_groups
from przystan.kernel.phones import is_dummy

from ..rights import PEOPLE_READ
from ..rules.references import reference_digits
from ..rules.same_person import TAIL, Described, Verdict, evidence, told_names, verdict
from ..wording import reason
from .described import registered
from .visible import OPEN, SEEN, about

SETS = 4  # key sets of one look-up that are asked in SQL; Python compares the names anyway
BATCH = 2000
ROWS = 40  # people read for one look-up

BY_NAME = f"""
SELECT asked.place, p.id, n.text
FROM unnest(%(places)s::int[], {", ".join(f"%(keys{number})s::text[]" for number in range(SETS))})
     AS asked(place, {", ".join(f"k{number}" for number in range(SETS))})
CROSS JOIN LATERAL (
    SELECT name.person_id, name.text FROM people_namesearch name
    WHERE {" AND ".join(f"name.keys && asked.k{number}::text[]" for number in range(SETS))}
    LIMIT {ROWS}
) n
JOIN people_person p ON p.id = n.person_id
WHERE p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND {SEEN}
"""  # noqa: S608 - made of constants; every value is a parameter

# A number may be written with another country's code, or without any: its last digits find it. Not LIKE: row-level
# security lets that look only at rows that it has checked.
BY_PHONE = f"""
SELECT asked.place, p.id
FROM unnest(%(places)s::int[], %(ends)s::text[]) AS asked(place, ending)
CROSS JOIN LATERAL (
    SELECT c.person_id FROM people_channel c
    WHERE c.finder >= asked.ending AND c.finder < asked.ending || 'a' AND c.digits <> '' LIMIT {ROWS}
) n
JOIN people_person p ON p.id = n.person_id
WHERE p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND {SEEN} AND {OPEN}
"""  # noqa: S608 - made of constants; every value is a parameter

BY_EMAIL = f"""
SELECT asked.place, p.id
FROM unnest(%(places)s::int[], %(emails)s::text[]) AS asked(place, email)
JOIN people_channel c ON c.finder = asked.email AND c.kind = 'email'
JOIN people_person p ON p.id = c.person_id
WHERE p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND {SEEN} AND {OPEN}
"""  # noqa: S608 - made of constants; every value is a parameter

# In whatever spelling it stands; which is the same, `rules.references` says.
BY_REFERENCE = f"""
SELECT asked.place, p.id
FROM unnest(%(places)s::int[], %(references)s::text[]) AS asked(place, reference)
JOIN people_person p ON p.centre_reference = asked.reference AND p.centre_reference <> ''
WHERE p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND {SEEN} AND {OPEN}
UNION
SELECT asked.place, p.id
FROM unnest(%(places)s::int[], %(digits)s::text[]) AS asked(place, digits)
JOIN people_person p ON p.reference_digits = asked.digits AND p.reference_digits <> ''
WHERE p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND {SEEN} AND {OPEN}
"""  # noqa: S608 - made of constants; every value is a parameter


@dataclass(frozen=True)
class Likeness:
    """Somebody who may be meant: score and codes as `rules.same_person` has them."""

    ref: str
    score: float
    codes: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """The same, perhaps, or another."""
        return verdict(self.codes)

    @property
    def reasons(self) -> list[str | Promise]:
        """The reasons in words, each once."""
        return [reason(code) for code in dict.fromkeys(self.codes)]


def alike_many(actor: Actor, described: Sequence[Described]) -> list[list[Likeness]]:
    """The registered people who may be meant by each description, best first; those of other points by name alone.

    Also those who are not the same after all, though name, phone, e-mail or reference led to them: `Likeness.verdict`.
    """
    actor.require(PEOPLE_READ)
    found: list[list[Likeness]] = []
    for start in range(0, len(described), BATCH):
        found += _batch(actor, described[start : start + BATCH])
    return found


def _batch(actor: Actor, described: Sequence[Described]) -> list[list[Likeness]]:
    hits: list[dict[int, None]] = [{} for _ in described]  # in the order found
    for place, person in (
        *by_reference(actor, described),
        *by_phone(actor, described),
        *by_email(actor, described),
        *_by_name(actor, described),
    ):
        hits[place][person] = None
    people = registered(actor, {person for found in hits for person in found})
    return [
        _ordered((people[person].ref, evidence(one, people[person].described)) for person in found if person in people)
        for one, found in zip(described, hits, strict=True)
    ]


def _ordered(found: Iterable[tuple[str, Any]]) -> list[Likeness]:
    likely = [Likeness(ref, said.score, said.codes) for ref, said in found]
    return sorted(likely, key=lambda one: (-one.verdict, -one.score))


def _by_name(actor: Actor, described: Sequence[Described]) -> list[tuple[int, int]]:
    """(place, person) of names that are alike."""
    places: list[int] = []
    sets: list[list[str]] = [[] for _ in range(SETS)]
    for place, one in enumerate(described):
        for group in {group for name in told_names(one.names) for group in strong_groups(name)}:
            places.append(place)
            for number in range(SETS):
                some = group.all_of[min(number, len(group.all_of) - 1)]
                sets[number].append(_array(some))
    rows = _rows(actor, BY_NAME, places=places, **{f"keys{number}": keys for number, keys in enumerate(sets)})
    return [
        (place, person)
        for place, person, text in rows
        if any(compare(name, text).same for name in described[place].names)
    ]


def by_phone(actor: Actor, described: Sequence[Described]) -> list[tuple[int, int]]:
    """(place, person) of numbers that end alike; numbers that somebody only filled in are nobody's."""
    ends = [
        (place, digits[-TAIL:][::-1])
        for place, one in enumerate(described)
        for digits in one.phones
        if not is_dummy(digits)
    ]
    return _rows(actor, BY_PHONE, places=[place for place, _ in ends], ends=[end for _, end in ends])


def by_email(actor: Actor, described: Sequence[Described]) -> list[tuple[int, int]]:
    """(place, person) of the same addresses."""
    pairs = [(place, email.lower()) for place, one in enumerate(described) for email in one.emails if email]
    return _rows(actor, BY_EMAIL, places=[place for place, _ in pairs], emails=[email for _, email in pairs])


def by_reference(actor: Actor, described: Sequence[Described]) -> list[tuple[int, int]]:
    """(place, person) of references that may be the same, however they are written."""
    pairs = [(place, one.reference) for place, one in enumerate(described) if one.reference]
    return _rows(
        actor,
        BY_REFERENCE,
        places=[place for place, _ in pairs],
        references=[reference for _, reference in pairs],
        digits=[reference_digits(reference) for _, reference in pairs],
    )


def _rows(actor: Actor, sql: str, **parameters: Any) -> list[Any]:
    if not parameters["places"]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, {"organisation": actor.organisation_id, **about(actor), **parameters})
        return list(cursor.fetchall())


def _array(some: Any) -> str:
    """A text[] literal: keys have letters, digits, colons and spaces only."""
    return "{" + ",".join(f'"{key}"' for key in sorted(some)) + "}"
