"""The same support twice: to one person, on one day, of one service, as long, by the same colleague."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """What makes two supports look like one. `person`: a reference, "" for an anonymous contact of `headcount`."""

    person: str
    day: str
    service: str
    minutes: int
    headcount: int = 1


class Seen:
    """Supports that are there; who gave one is compared only where both say it."""

    def __init__(self) -> None:
        self._staff: defaultdict[Given, set[int | None]] = defaultdict(set)

    def add(self, given: Given, staff: int | None) -> None:
        """One more is there; `staff` None: nothing says by whom."""
        self._staff[given].add(staff)

    def has(self, given: Given, staff: int | None) -> bool:
        """Whether one like it is there."""
        there = self._staff.get(given, set())
        return bool(there) and (staff is None or None in there or staff in there)
