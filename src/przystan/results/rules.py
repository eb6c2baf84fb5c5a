"""What is handed to the ledger of results, and what can be wrong with it before any database is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

MOST_MINUTES = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Shaped:
    """What decides what may stand in a result of one kind. `shape`, `of`: values of `results.enums`.

    `levels`: codes of its scale, the lowest first; empty where the shape has none. `first`, `last`: days of which it
    may be noted, both included.
    """

    shape: str
    of: str
    levels: Sequence[str] = ()
    asks_proof: bool = False
    first: date = date.min
    last: date = date.max


@dataclass(frozen=True, kw_only=True)
class Reached:
    """One result as it was reached, ready for `results.actions.note`.

    `kind_id`: of the catalogue. `person`, `institution`: references, "" where it is of none. `before`, `after`: levels
    of the kind's scale. `minutes`: given, where the kind counts hours. `proof`: of `results.enums.Proof`; `evidence`
    says where the paper is. `line`: code of the service line it came from, as a line's module knows itself, "" for
    none. `staff_id` None: whoever notes it. `form_token`: the same token is written once, however often it is sent.
    """

    kind_id: int
    point_id: int
    day: date
    person: str = ""
    institution: str = ""
    before: str = ""
    after: str = ""
    minutes: int = 0
    proof: str = "none"
    evidence: str = ""
    line: str = ""
    staff_id: int | None = None
    correction_reason: str = ""
    form_token: UUID | None = None


class Flaw(StrEnum):
    """Why a result cannot be written."""

    FUTURE = "future"
    NO_PERSON = "no_person"
    NEEDLESS_PERSON = "needless_person"
    NO_INSTITUTION = "no_institution"
    NEEDLESS_INSTITUTION = "needless_institution"
    NO_LEVEL = "no_level"
    UNKNOWN_LEVEL = "unknown_level"
    NOT_HIGHER = "not_higher"
    NEEDLESS_LEVEL = "needless_level"
    NO_MINUTES = "no_minutes"
    NEEDLESS_MINUTES = "needless_minutes"
    TOO_LONG = "too_long"
    NO_PROOF = "no_proof"
    NOT_THEN = "not_then"


def flaws(reached: Reached, kind: Shaped, today: date) -> list[Flaw]:
    """Everything wrong with a result of this kind that can be known without the database."""
    levels = list(kind.levels)
    given = [level for level in (reached.before, reached.after) if level]
    known = all(level in levels for level in given)
    found = {
        Flaw.FUTURE: reached.day > today,
        Flaw.NO_PERSON: kind.of == "person" and not reached.person,
        Flaw.NEEDLESS_PERSON: kind.of != "person" and bool(reached.person),
        Flaw.NO_INSTITUTION: kind.of == "institution" and not reached.institution,
        Flaw.NEEDLESS_INSTITUTION: kind.of != "institution" and bool(reached.institution),
        Flaw.NO_LEVEL: kind.shape == "levels" and not reached.after,
        Flaw.UNKNOWN_LEVEL: kind.shape == "levels" and not known,
        Flaw.NOT_HIGHER: kind.shape == "levels" and known and len(given) == 2 and not _rises(levels, given),
        Flaw.NEEDLESS_LEVEL: kind.shape != "levels" and bool(given),
        Flaw.NO_MINUTES: kind.shape == "minutes" and reached.minutes <= 0,
        Flaw.NEEDLESS_MINUTES: kind.shape != "minutes" and reached.minutes != 0,
        Flaw.TOO_LONG: reached.minutes > MOST_MINUTES,
        Flaw.NO_PROOF: kind.asks_proof and reached.proof == "none",
        Flaw.NOT_THEN: not kind.first <= reached.day <= kind.last,
    }
    return [flaw for flaw, is_so in found.items() if is_so]


def _rises(levels: list[str], given: list[str]) -> bool:
    before, after = (levels.index(level) for level in given)
    return after > before
