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
from przystan.kernel.names import KeyGroup, compare_typed, enough, fold, query_keys

ROWS = 600  # rows that one look-up reads
SCORED = 60  # of them, the nearest in plain Latin are compared by sound

Row = tuple[int, str, str, date | None, date | None]  # person, text, folded, born from, born to


@dataclass(frozen=True)
class NameHit:
    """A person's name form that fits; `score` and `codes` as `kernel.names.Comparison` has them."""

    person_id: int
    name: str
    score: float
    codes: tuple[str, ...]


def by_name(actor: Actor, text: str, birth: PartialDate | None = None, limit: int = 20) -> list[NameHit]:
    """People of the actor's organisation whose name is like `text`, best first, each once.

    With `birth`, only those born then, or whose birth date is not known.
    """
    hits: dict[int, NameHit] = {}
    folded = fold(text)
    for kind, groups in groupby(query_keys(text), key=lambda group: group.kind):
        for hit in _scored(text, folded, _rows(actor, list(groups), birth)):
            if hit.person_id not in hits or hits[hit.person_id].score < hit.score:
                hits[hit.person_id] = hit
        if _satisfied(kind, hits.values(), limit):
            break
    return sorted(hits.values(), key=lambda hit: (-hit.score, -token_sort_ratio(folded, fold(hit.name))))[:limit]


def _satisfied(kind: str, hits: Iterable[NameHit], limit: int) -> bool:
    """Whether weaker look-ups can bring nobody better; a page full of exact hits is enough too."""
    scores = [hit.score for hit in hits]
    best = max(scores, default=0.0)
    return best >= enough(kind) or (kind == "exact" and sum(score >= enough("all") for score in scores) >= limit)


def _scored(text: str, folded: str, rows: list[Row]) -> Iterable[NameHit]:
    if len(rows) > SCORED:
        rows = sorted(rows, key=lambda row: -token_sort_ratio(folded, row[2]))[:SCORED]
    for person_id, name, _folded, _born_from, _born_to in rows:
        outcome = compare_typed(text, name)
        if outcome.score > 0:
            yield NameHit(person_id, name, outcome.score, outcome.reasons)


def _rows(actor: Actor, groups: list[KeyGroup], birth: PartialDate | None) -> list[Row]:
    """Name rows that have, for one of the groups, a key of each of its sets."""
    either, values = [], []
    for group in groups:
        either.append("(" + " AND ".join("n.keys && %s::text[]" for _ in group.all_of) + ")")
        values += [sorted(some) for some in group.all_of]
    born = ""
    if birth:
        born = " AND (p.birth_from IS NULL OR (p.birth_from <= %s AND p.birth_to >= %s))"
    sql = f"""
        SELECT n.person_id, n.text, n.folded, p.birth_from, p.birth_to
        FROM people_personname n JOIN people_person p ON p.id = n.person_id
        WHERE ({" OR ".join(either)}) AND p.organisation_id = %s AND p.merged_into_id IS NULL{born}
        LIMIT {ROWS}
    """  # noqa: S608 - made of constants; every value is a parameter
    parameters: list[Any] = [*values, actor.organisation_id]
    if birth:
        parameters += [birth.latest(), birth.earliest()]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
