"""Which parts of what is known of an institution want to be checked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Freshness:
    """Of one part: when it was checked last, by whom (None: never), and whether that is too long ago."""

    part: str
    on: date | None
    by: str
    stale: bool


def freshness(
    parts: Iterable[str], checks: Mapping[str, tuple[date, str]], stale_after: int, today: date
) -> list[Freshness]:
    """`checks`: part -> the last day it was checked, and by whom. A part never checked is stale."""
    found = []
    for part in parts:
        on, by = checks.get(part, (None, ""))
        found.append(Freshness(part, on, by, on is None or on + timedelta(days=stale_after) < today))
    return found
