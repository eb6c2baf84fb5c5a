"""Periods of reports, and what a target needs until its end. Plain Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_DAYS = 14  # a forecast from fewer days than these would be a guess


@dataclass(frozen=True)
class Period:
    """Days of a report, both included; None is open. `code` stands in addresses.

    Codes: "" the whole time, "2026", "2026-q3", "2026-09", "2026-09-01_2026-10-15" (one end may be left out).
    """

    code: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_whole(self) -> bool:
        return self.first is None and self.last is None


WHOLE = Period()


def period_of(code: str) -> Period:
    """The period of a code; the whole time for what makes no sense."""
    try:
        if found := re.fullmatch(r"(\d{4})", code):
            return year(int(found[1]))
        if found := re.fullmatch(r"(\d{4})-q([1-4])", code):
            return quarter(int(found[1]), int(found[2]))
        if found := re.fullmatch(r"(\d{4})-(\d\d)", code):
            return month(int(found[1]), int(found[2]))
        if "_" in code:
            return between(*(date.fromisoformat(end) if end else None for end in code.split("_", 1)))
    except ValueError:
        pass
    return WHOLE


def year(number: int) -> Period:
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def quarter(number: int, which: int) -> Period:
    """`which`: 1 to 4."""
    return Period(f"{number:04}-q{which}", date(number, which * 3 - 2, 1), _month_end(number, which * 3))


def month(number: int, which: int) -> Period:
    """`which`: 1 to 12."""
    return Period(f"{number:04}-{which:02}", date(number, which, 1), _month_end(number, which))


def between(first: date | None, last: date | None) -> Period:
    """Any days; the ends change places when they come in the wrong order."""
    if first is None and last is None:
        return WHOLE
    if first and last and last < first:
        first, last = last, first
    return Period(f"{first or ''}_{last or ''}", first, last)


def _month_end(number: int, which: int) -> date:
    following = date(number + which // 12, which % 12 + 1, 1) if number < 9999 or which < 12 else date.max
    return following - timedelta(days=1) if following != date.max else date.max


def years_within(first: date, last: date) -> Iterator[Period]:
    """Calendar years that these days touch, newest first."""
    for number in range(last.year, first.year - 1, -1):
        yield year(number)


def quarters_within(first: date, last: date) -> Iterator[Period]:
    """Quarters that these days touch, newest first."""
    for at in range(last.year * 4 + (last.month - 1) // 3, first.year * 4 + (first.month - 1) // 3 - 1, -1):
        yield quarter(at // 4, at % 4 + 1)


def months_within(first: date, last: date) -> Iterator[Period]:
    """Months that these days touch, newest first."""
    for at in range(last.year * 12 + last.month - 1, first.year * 12 + first.month - 2, -1):
        yield month(at // 12, at % 12 + 1)


def forecast(done: float, starts: date | None, ends: date | None, today: date) -> int | None:
    """How much there will be on the last day if it goes on as until today; None where nothing can be said.

    Only the time gone by is asked: `done` / days gone x all days. After the last day there is nothing to foresee.
    """
    if not starts or not ends or not starts <= today <= ends:
        return None
    gone, whole = (today - starts).days + 1, (ends - starts).days + 1
    return round(done * whole / gone) if gone >= min(LEAST_DAYS, whole) else None
