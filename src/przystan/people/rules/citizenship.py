"""One word for a person's citizenships on a day, as funders' target groups ask for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from .known import Held

POLAND, STATELESS = "PL", "XX"
# Whose citizens move freely to Poland (Act of 14 July 2006, art. 2(3)); who belongs to them when is data.
FREE_MOVEMENT = ("EU", "EEA", "EFTA_CH")
CLASSES = ("poland", "eu_eea_ch", "third_country", "stateless")  # the first that fits is a person's class


@dataclass(frozen=True)
class Membership:
    """A country that belongs to one of FREE_MOVEMENT from one day to another, both included."""

    country: str
    valid_from: date | None = None
    valid_to: date | None = None


def class_of(citizenships: Iterable[Held], free: Collection[str]) -> Held | None:
    """The class of these citizenships, given the countries of free movement on that day; None when none is known."""
    return min((Held(_class(one.code, free), one.since) for one in citizenships), key=_best_first, default=None)


def _class(country: str, free: Collection[str]) -> str:
    if country == POLAND:
        return "poland"
    if country == STATELESS:
        return "stateless"
    return "eu_eea_ch" if country in free else "third_country"


def _best_first(held: Held) -> tuple[int, date]:
    return CLASSES.index(held.code), held.since or date.min
