"""Finding a name as typed among stored ones: look-ups by key from strong to weak, then scored by sound.

Where the names are stored is the business of a `Source`; a register in PostgreSQL is one. Each look-up reads a limited
number of rows, so that a common name costs no more among a million than among a hundred thousand.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Protocol

from rapidfuzz.fuzz import token_sort_ratio

from przystan.kernel.names.compare import SAME_THRESHOLD, Comparison, compare_typed
from przystan.kernel.names.fold import fold
from przystan.kernel.names.keys import KeyGroup, enough, query_keys

ROWS: Final = 800  # rows that one look-up reads
WEAK_ROWS: Final = 2500  # as many, of a look-up that brings much that is only near
SCORED: Final = 60  # of them, the nearest in plain Latin are compared by sound
NOTHING: Final = 0.3  # names without one word in common have no higher score
SHORT: Final = 3  # letters; a word as short may be a name of its own, and the beginning of many
MIN_BEGUN: Final = 2  # letters typed of a word before names that begin so are looked up
MOST_BEGUN: Final = 3  # words of which that is asked
WEAK: Final = ("near", "typo", "one")
DOUBTFUL: Final = {"typo", "other_word"}  # a word that was typed was not found

Row = tuple[int, str, str, bool]  # whose it is, the name, its plain Latin form, whether more is known of them
Compare = Callable[[str, str], Comparison]


class Source(Protocol):
    """Stored names."""

    def by_keys(self, groups: Sequence[KeyGroup], limit: int) -> list[Row]:
        """Names that have, for one of the groups, a key of each of its sets."""
        ...

    def begun(self, words: Sequence[str], limit: int) -> list[Row]:
        """Names whose words begin, in plain Latin, with these words, in any order."""
        ...


@dataclass(frozen=True)
class NameHit:
    """A name that fits; `score` and `codes` as `kernel.names.Comparison` has them. `id`: whose name it is."""

    id: int
    name: str
    score: float
    codes: tuple[str, ...]
    fits: bool  # may be the one meant; else only the nearest there is
    same: bool = False  # all of it is the name typed: `kernel.names.Comparison.same`
    known: bool = False  # of two as near, the one of whom more is known comes first


def ranked(
    text: str,
    source: Source,
    limit: int,
    besides: int | None = None,
    *,
    groups: Sequence[KeyGroup] = (),
    compare: Compare = compare_typed,
) -> list[NameHit]:
    """Whose names are like `text`, best first, each once.

    `besides`: who is not looked for, and who ends no search by fitting well. `groups`: other look-ups than
    `query_keys(text)`, those of a kind together; `compare`: (typed, name) in another way.
    """
    hits: dict[int, NameHit] = {}
    folded = fold(text)
    short = len(folded.split(" ")[-1]) <= SHORT  # still being typed: names that begin so are looked for in any case

    def take(rows: list[Row]) -> None:
        for hit in _scored(text, _nearest(folded, rows), compare):
            if hit.id != besides and hit.score > (hits[hit.id].score if hit.id in hits else 0.0):
                hits[hit.id] = hit

    for kind, some in groupby(groups or query_keys(text), key=lambda group: group.kind):
        take(source.by_keys(list(some), WEAK_ROWS if kind in WEAK else ROWS))
        sure = any(map(_is_sure, hits.values()))
        if kind == "partial" and (short or not sure) and (words := _worth_beginning(folded)):
            take(source.begun(words, ROWS))
        if short and kind in ("exact", "all"):
            continue
        if _satisfied(kind, hits.values(), limit):
            break
    return sorted(hits.values(), key=lambda hit: _order(hit, folded))[:limit]


def _worth_beginning(folded: str) -> list[str]:
    words = folded.split()
    return words if 1 <= len(words) <= MOST_BEGUN and min(map(len, words)) >= MIN_BEGUN else []


def _is_sure(hit: NameHit) -> bool:
    return not DOUBTFUL & set(hit.codes)


def _fits(outcome: Comparison, text: str, name: str) -> bool:
    """Whether the threshold is reached, or every word typed was found in the name, which may have many more."""
    if outcome.score >= SAME_THRESHOLD:
        return True
    return not DOUBTFUL & set(outcome.reasons) and len(fold(text).split()) <= len(fold(name).split())


def _order(hit: NameHit, folded: str) -> tuple[float, bool, float]:
    return -hit.score, not hit.known, -token_sort_ratio(folded, fold(hit.name))


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
    return sorted(rows, key=lambda row: (-token_sort_ratio(folded, row[2]), not row[3]))[:SCORED]


def _scored(text: str, rows: list[Row], compare: Compare) -> Iterable[NameHit]:
    for id, name, _folded, known in rows:
        outcome = compare(text, name)
        if outcome.score > NOTHING:
            fits = _fits(outcome, text, name)
            yield NameHit(id, name, outcome.score, outcome.reasons, fits, outcome.same, known)
