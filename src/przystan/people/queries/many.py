"""Who is known already, for thousands of names at once: an import asks for all its rows in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from przystan.access.actors import Actor
from przystan.kernel.dates import PartialDate
from przystan.kernel.names import compare, strong_groups
from przystan.kernel.phones import digits_of, is_dummy

from ..enums import Sex
from ..rights import PEOPLE_READ
from ..rules.same import birth_code, is_question, is_surely
from ..wording import reason
from .visible import OPEN, SEEN, about

UNKNOWN = Sex.UNKNOWN.value
SETS = 4  # key sets of one look-up that are asked in SQL; Python compares the names anyway
BATCH = 2000
ROWS = 40  # people read for one look-up

BY_NAME = f"""
SELECT asked.place, p.ref, n.text,
    CASE WHEN {OPEN} THEN p.birth_from END, CASE WHEN {OPEN} THEN p.birth_to END,
    CASE WHEN {OPEN} THEN p.centre_reference ELSE '' END, CASE WHEN {OPEN} THEN p.sex ELSE 'unknown' END
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

BY_PHONE = f"""
SELECT asked.place, p.ref
FROM unnest(%(places)s::int[], %(digits)s::text[]) AS asked(place, digits)
JOIN people_channel c ON c.finder = reverse(asked.digits) AND c.digits <> ''
JOIN people_person p ON p.id = c.person_id
WHERE p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND {SEEN} AND {OPEN}
"""  # noqa: S608 - made of constants; every value is a parameter

BY_REFERENCE = f"""
SELECT asked.place, p.ref
FROM unnest(%(places)s::int[], %(references)s::text[]) AS asked(place, reference)
JOIN people_person p ON p.centre_reference = asked.reference AND p.centre_reference <> ''
WHERE p.organisation_id = %(organisation)s AND p.merged_into_id IS NULL AND {SEEN} AND {OPEN}
"""  # noqa: S608 - made of constants; every value is a parameter


@dataclass(frozen=True)
class Described:
    """A person as a file describes them."""

    names: tuple[str, ...] = ()
    birth: str = ""
    phones: tuple[str, ...] = ()
    reference: str = ""
    sex: str = UNKNOWN


@dataclass(frozen=True)
class Likeness:
    """Somebody who may be meant: score as in `search`, which only orders; codes as in `people.wording.reason`."""

    ref: str
    score: float
    codes: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to be asked."""
        return is_surely(self.codes)

    @property
    def is_question(self) -> bool:
        """Whether somebody must say if it is this person."""
        return is_question(self.codes)

    @property
    def reasons(self) -> list[str | Promise]:
        """The reasons in words."""
        return [reason(code) for code in self.codes]


@dataclass(frozen=True)
class Known:
    """What is known of somebody beside the name, as far as the actor may know it."""

    born_from: date | None = None
    born_to: date | None = None
    reference: str = ""
    sex: str = UNKNOWN


def beside_name(wanted: Described, known: Known) -> tuple[float, tuple[str, ...]]:
    """What else speaks for one person or against it, where names are alike: what it adds to the score, and codes."""
    score, codes = 0.0, []
    if wanted.birth and known.born_from and known.born_to:
        codes.append(birth_code(PartialDate.parse(wanted.birth), known.born_from, known.born_to))
        score += -0.3 if "birth_differs" in codes else 0.3
    if wanted.reference and known.reference and wanted.reference != known.reference:
        codes.append("reference_differs")
    if UNKNOWN not in (wanted.sex, known.sex) and wanted.sex != known.sex:
        codes.append("sex_differs")
    return score, tuple(codes)


def alike_many(actor: Actor, described: Sequence[Described]) -> list[list[Likeness]]:
    """The registered people who may be meant by each description, best first; those of other points by name alone."""
    actor.require(PEOPLE_READ)
    found: list[list[Likeness]] = []
    for start in range(0, len(described), BATCH):
        found += _batch(actor, described[start : start + BATCH])
    return found


def _batch(actor: Actor, described: Sequence[Described]) -> list[list[Likeness]]:
    hits: list[dict[str, Likeness]] = [{} for _ in described]
    named: list[dict[str, Likeness]] = [{} for _ in described]
    for place, ref in _by_reference(actor, described):
        hits[place][ref] = Likeness(ref, 1.5, ("reference",))
    for place, ref in _by_phone(actor, described):
        hits[place].setdefault(ref, Likeness(ref, 1.1, ("phone",)))
    for place, ref, text, *known in _by_name(actor, described):
        _add_name(named[place], described[place], ref, text, Known(*known))
    return [_together(*one) for one in zip(hits, named, strict=True)]


def _add_name(named: dict[str, Likeness], wanted: Described, ref: str, text: str, known: Known) -> None:
    """Keep the best of a person's names; the others say nothing more."""
    outcome = max((compare(name, text) for name in wanted.names), key=lambda outcome: outcome.score)
    if not outcome.same:
        return
    extra, beside = beside_name(wanted, known)
    score = outcome.score + extra
    if ref not in named or score > named[ref].score:
        named[ref] = Likeness(ref, score, (*outcome.reasons, *beside))


def _together(hits: dict[str, Likeness], named: dict[str, Likeness]) -> list[Likeness]:
    """What number and phone say of each person, and what the name says beside it; best first."""
    none = Likeness("", 0, ())
    both = ((ref, hits.get(ref, none), named.get(ref, none)) for ref in {**hits, **named})
    found = [Likeness(ref, hit.score + name.score, (*hit.codes, *name.codes)) for ref, hit, name in both]
    return sorted(found, key=lambda hit: -hit.score)


def _by_name(actor: Actor, described: Sequence[Described]) -> list[tuple[Any, ...]]:
    places: list[int] = []
    sets: list[list[str]] = [[] for _ in range(SETS)]
    for place, one in enumerate(described):
        for group in {group for name in one.names for group in strong_groups(name)}:
            places.append(place)
            for number in range(SETS):
                some = group.all_of[min(number, len(group.all_of) - 1)]
                sets[number].append(_array(some))
    return _rows(actor, BY_NAME, places=places, **{f"keys{number}": keys for number, keys in enumerate(sets)})


def _by_phone(actor: Actor, described: Sequence[Described]) -> list[tuple[Any, ...]]:
    numbers = [(place, digits_of(phone)) for place, one in enumerate(described) for phone in one.phones]
    pairs = [(place, digits) for place, digits in numbers if not is_dummy(digits)]
    return _rows(actor, BY_PHONE, places=[place for place, _ in pairs], digits=[digits for _, digits in pairs])


def _by_reference(actor: Actor, described: Sequence[Described]) -> list[tuple[Any, ...]]:
    pairs = [(place, one.reference) for place, one in enumerate(described) if one.reference]
    return _rows(actor, BY_REFERENCE, places=[place for place, _ in pairs], references=[ref for _, ref in pairs])


def _rows(actor: Actor, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    if not parameters["places"]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, {"organisation": actor.organisation_id, **about(actor), **parameters})
        return list(cursor.fetchall())


def _array(some: Any) -> str:
    """A text[] literal: keys have letters, digits, colons and spaces only."""
    return "{" + ",".join(f'"{key}"' for key in sorted(some)) + "}"
