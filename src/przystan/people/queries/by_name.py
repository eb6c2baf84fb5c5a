"""Finding people by the sound of a name, in PostgreSQL: look-ups by key from strong to weak, then scored in Python.

The plan is `kernel.names.query_keys`. Each look-up reads a limited number of rows, so that a common name costs no more
among a million people than among a hundred thousand; a birth date narrows the rows before the limit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection
from rapidfuzz.fuzz import token_sort_ratio

from przystan.access.actors import Actor
from przystan.kernel.dates import PartialDate
from przystan.kernel.names import SAME_THRESHOLD, Comparison, KeyGroup, compare_typed, enough, fold, query_keys

from .visible import OPEN, SEEN, about

ROWS = 800  # rows that one look-up reads
WEAK_ROWS = 2500  # as many, of a look-up that brings much that is only near
SCORED = 60  # of them, the nearest in plain Latin are compared by sound
NOTHING = 0.3  # names without one word in common have no higher score
MIN_BEGUN = 2  # letters typed of a word before names that begin so are looked up
WEAK = ("near", "typo", "one")
DOUBTFUL = {"typo", "other_word"}  # a word that was typed was not found

Row = tuple[int, str, str, date | None]  # person, text, folded, born from


@dataclass(frozen=True)
class NameHit:
    """A person's name form that fits; `score` and `codes` as `kernel.names.Comparison` has them."""

    person_id: int
    name: str
    score: float
    codes: tuple[str, ...]
    fits: bool  # may be the person meant; else only the nearest there is
    same: bool = False  # all of it is the name typed: `kernel.names.Comparison.same`
    birth_known: bool = False


def by_name(
    actor: Actor, text: str, birth: PartialDate | None = None, limit: int = 20, besides: int | None = None
) -> list[NameHit]:
    """People of the actor's organisation whose name is like `text`, best first, each once.

    With `birth`, only those born then, and after them those whose birth date is not known. `besides`: the id of a
    person who is not looked for, and who ends no search by fitting well.
    """
    hits: dict[int, NameHit] = {}
    folded = fold(text)
    for kind, groups in groupby(query_keys(text), key=lambda group: group.kind):
        rows = _by_keys(actor, list(groups), birth, WEAK_ROWS if kind in WEAK else ROWS)
        for hit in _scored(text, _nearest(folded, rows)):
            if hit.person_id != besides and hit.score > _score(hits, hit):
                hits[hit.person_id] = hit
        if kind == "partial" and not any(_is_sure(hit) for hit in hits.values()):
            begun = _scored(text, _nearest(folded, _begun(actor, folded, birth)))
            hits |= {hit.person_id: hit for hit in begun if hit.person_id != besides and hit.score > _score(hits, hit)}
        if _satisfied(kind, hits.values(), limit):
            break
    return sorted(hits.values(), key=lambda hit: _order(hit, folded))[:limit]


def _score(hits: dict[int, NameHit], hit: NameHit) -> float:
    """The score that the person of `hit` has so far."""
    return hits[hit.person_id].score if hit.person_id in hits else 0.0


def _is_sure(hit: NameHit) -> bool:
    return not DOUBTFUL & set(hit.codes)


def _fits(outcome: Comparison, text: str, name: str) -> bool:
    """By the one threshold, or because every word typed was found in the name, which may have many more."""
    if outcome.score >= SAME_THRESHOLD:
        return True
    return not DOUBTFUL & set(outcome.reasons) and len(fold(text).split()) <= len(fold(name).split())


def _order(hit: NameHit, folded: str) -> tuple[float, bool, float]:
    return -hit.score, not hit.birth_known, -token_sort_ratio(folded, fold(hit.name))


def _satisfied(kind: str, hits: Iterable[NameHit], limit: int) -> bool:
    """Whether weaker look-ups can bring nobody better.

    Who types one word or the beginnings of two gets no high score, but every typed word was found: then a full page
    is enough, and after the look-up by beginnings any such hit is.
    """
    best = max((hit.score for hit in hits), default=0.0)
    sure = sum(map(_is_sure, hits))
    return best >= enough(kind) or sure >= limit or (kind == "partial" and sure > 0)


def _nearest(folded: str, rows: list[Row]) -> list[Row]:
    if len(rows) <= SCORED:
        return rows
    return sorted(rows, key=lambda row: (-token_sort_ratio(folded, row[2]), row[3] is None))[:SCORED]


def _scored(text: str, rows: list[Row]) -> Iterable[NameHit]:
    for person_id, name, _folded, born_from in rows:
        outcome = compare_typed(text, name)
        if outcome.score > NOTHING:
            fits = _fits(outcome, text, name)
            yield NameHit(person_id, name, outcome.score, outcome.reasons, fits, outcome.same, born_from is not None)


def _by_keys(actor: Actor, groups: list[KeyGroup], birth: PartialDate | None, limit: int) -> list[Row]:
    """Name rows that have, for one of the groups, a key of each of its sets."""
    either: list[str] = []
    values: list[Any] = []
    for group in groups:
        numbers = range(len(values), len(values) + len(group.all_of))
        either.append("(" + " AND ".join(f"keys && %(v{number})s::text[]" for number in numbers) + ")")
        values += [sorted(some) for some in group.all_of]
    return _rows(actor, " OR ".join(either), values, birth, limit)


def _begun(actor: Actor, folded: str, birth: PartialDate | None) -> list[Row]:
    """Name rows whose words begin, in plain Latin, with the words that were typed: "yaro koval", in any order."""
    words = folded.split()
    if not 1 <= len(words) <= 3 or min(map(len, words)) < MIN_BEGUN:
        return []
    either: list[str] = []
    values: list[Any] = []
    for first in words:  # folded words are letters and digits: nothing to escape
        others = list(words)
        others.remove(first)
        numbers = range(len(values), len(values) + len(words))
        either.append("(" + " AND ".join(f"folded LIKE %(v{number})s" for number in numbers) + ")")
        values += [f"{first}%", *(f"% {other}%" for other in others)]
    return _rows(actor, " OR ".join(either), values, birth, ROWS)


def _rows(actor: Actor, where: str, values: list[Any], birth: PartialDate | None, limit: int) -> list[Row]:
    """Names that fit, of people whom the actor may know of.

    The names come first and by their index (through its own view: decision 32), then each one's person: the planner,
    left alone, reads all people. Who
    belongs to another point is found by name alone: the birth date neither narrows nor comes back.
    """
    born = f" AND (birth_from IS NULL OR (birth_from <= %(latest)s AND birth_to >= %(earliest)s) OR NOT {OPEN})"
    sql = f"""
        WITH n AS MATERIALIZED (SELECT person_id, text, folded FROM people_namesearch WHERE {where})
        SELECT n.person_id, n.text, n.folded, p.birth_from
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
        parameters |= {"latest": birth.latest(), "earliest": birth.earliest()}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
