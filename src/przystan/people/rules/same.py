"""When somebody may be taken for somebody we know without asking: seldom. Taken for another, a person is lost.

A phone alone never decides (families share one, and a filled-in one is nobody's), nor does a bare year or 1 January,
which offices write for "not known".
"""

from collections.abc import Collection
from datetime import date
from typing import Final

from przystan.kernel.dates import PartialDate

# What the comparison of two names may have overlooked and they are still clearly one name (kernel.names.compare).
CLEAR: Final = frozenset({"same_words", "same_sound", "other_script", "order_swapped", "patronymic_missing"})
# What leaves room for a twin, a sister, a father.
UNCLEAR: Final = frozenset({"translated", "feminine_ending", "typo", "initial", "partial", "joined", "other_word"})
AGAINST: Final = frozenset({"birth_differs", "reference_differs", "sex_differs"})


def is_surely(codes: Collection[str]) -> bool:
    """Whether reasons (codes of people.wording) are enough to take two for one person, with nobody asked.

    The name clearly fits, and so does an own reference or the full birth date; nothing speaks against it.
    """
    found = frozenset(codes)
    named = bool(found & CLEAR) and not found & UNCLEAR
    return named and bool(found & {"reference", "birth"}) and not found & AGAINST


def is_question(codes: Collection[str]) -> bool:
    """Whether somebody must say if two are one person: likely enough to be, or with one reference of the centre."""
    found = frozenset(codes)
    if is_surely(found):
        return False
    if "reference" in found:
        return True
    clear = bool(found & CLEAR) and not found & UNCLEAR
    beside = bool(found & UNCLEAR) and bool(found & {"birth", "birth_year", "phone"})
    return (clear or beside) and not found & {"birth_differs", "sex_differs"}


def birth_code(one: PartialDate, earliest: date, latest: date) -> str:
    """What two birth dates say, the second given by the first and last day that it can mean: "birth", when both are the
    same full date; "birth_year", when they may be the same; "birth_differs"."""
    if earliest > one.latest() or latest < one.earliest():
        return "birth_differs"
    full = bool(one.day) and earliest == latest
    return "birth" if full and (one.month, one.day) != (1, 1) else "birth_year"
