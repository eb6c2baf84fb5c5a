"""How long something took, and who may say that it is so. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

LONGEST = 16 * 60  # minutes of one entry: more is a slip of the pen


class TooLong(ValueError):
    """From and to are too far apart, or the same."""


def span_of(day: date, starts: time, ends: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """From and to as the wall clock of the zone says, in UTC; past midnight where `ends` is the earlier."""
    later = day if ends > starts else day + timedelta(days=1)
    first, last = (datetime.combine(on, at, zone).astimezone(UTC) for on, at in ((day, starts), (later, ends)))
    return first, last


def minutes_between(day: date, starts: time, ends: time, zone: tzinfo) -> int:
    """How long it really took, also in a night when the clocks change. TooLong for more than 16 hours."""
    first, last = span_of(day, starts, ends, zone)
    found = round((last - first) / timedelta(minutes=1))
    if not 0 < found <= LONGEST:
        raise TooLong
    return found


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two spans have a moment in common; one may begin when the other ends."""
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True)
class Noted:
    """An entry as totals need it: minutes with the sign of a counter-entry."""

    minutes: int
    confirmed: bool


@dataclass(frozen=True)
class Total:
    """Minutes of a month."""

    confirmed: int
    waiting: int

    @property
    def all(self) -> int:
        return self.confirmed + self.waiting


def total(entries: Iterable[Noted]) -> Total:
    """What is confirmed and what still waits; counter-entries take away from where they stand."""
    rows = list(entries)
    confirmed = sum(one.minutes for one in rows if one.confirmed)
    return Total(confirmed, sum(one.minutes for one in rows) - confirmed)
