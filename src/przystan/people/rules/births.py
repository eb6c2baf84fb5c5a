"""What two birth dates say of each other, known in whole or in part, with the slips that people make."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from przystan.kernel.dates import PartialDate

GENERATION = 15  # years: who was born so much later is no slip in a digit, but perhaps a son or a daughter


def compare_births(one: str, other: str) -> str:
    """The code of what two partial dates say, in any order; "" where one is not known.

    "birth": the same full date. "birth_year": they may be the same; so is 1 January, which offices write for "not
    known". "birth_swapped", "birth_year_off", "birth_digit": a slip may have made one of the other. "birth_differs".
    """
    if not one or not other:
        return ""
    first, second = _meant(one), _meant(other)
    if first.earliest() <= second.latest() and second.earliest() <= first.latest():
        return "birth" if first.day and second.day else "birth_year"
    if first.day and second.day:
        if not _may_slip(first, second):
            return "birth_differs"
        return next((code for code, slip in _slips(first) if slip == second), "birth_differs")
    a_year_off = abs(first.year - second.year) == 1 and (
        not first.month or not second.month or first.month == second.month
    )
    return "birth_year_off" if a_year_off else "birth_differs"


def slips_of(birth: PartialDate) -> list[str]:
    """Partial dates that may have become this full date, or come of it, by a slip; none of a date known in part."""
    meant = _meant(str(birth))
    if not meant.day:
        return []
    year = birth.year
    rounded = [f"{year}-01-01", *(f"{near}{rest}" for near in (year - 1, year + 1) for rest in ("", "-01-01"))]
    months = [f"{near}-{birth.month:02}" for near in (year - 1, year + 1)]
    return sorted({*(str(slip) for _, slip in _slips(meant)), *rounded, *months})


def _meant(text: str) -> PartialDate:
    """1 January is as good as its year."""
    birth = PartialDate.parse(text)
    return PartialDate(birth.year) if (birth.month, birth.day) == (1, 1) else birth


def _may_slip(one: PartialDate, other: PartialDate) -> bool:
    """Every slip leaves two of three parts, or changes two about: few dates have to be looked at closely."""
    parts = (one.year == other.year, one.month == other.month, one.day == other.day)
    return sum(parts) == 2 or (one.year == other.year and one.month == other.day)


def _slips(birth: PartialDate) -> Iterator[tuple[str, PartialDate]]:
    """(code, date) for each slip in a full date; the plainest of several first."""
    year, month, day = birth.year, birth.month or 0, birth.day or 0
    yield from _that_exist("birth_swapped", [(year, day, month)] if day != month else [])
    yield from _that_exist("birth_year_off", [(year - 1, month, day), (year + 1, month, day)])
    years = [int(text) for text in _mistyped(f"{year:04}")]
    yield from _that_exist("birth_digit", [(near, month, day) for near in years if abs(near - year) < GENERATION])
    yield from _that_exist("birth_digit", [(year, int(text), day) for text in _mistyped(f"{month:02}")])
    yield from _that_exist("birth_digit", [(year, month, int(text)) for text in _mistyped(f"{day:02}")])


def _mistyped(digits: str) -> Iterator[str]:
    """The number with one digit changed, or two beside each other in another order."""
    for place, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield digits[:place] + other + digits[place + 1 :]
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            yield digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _that_exist(code: str, dates: list[tuple[int, int, int]]) -> Iterator[tuple[str, PartialDate]]:
    for year, month, day in dates:
        with suppress(ValueError):
            date(year, month, day)
            yield code, PartialDate(year, month, day)
