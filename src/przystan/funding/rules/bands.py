"""Age bands in which people are counted. A band is known by its code: "0-17", "18-60", "61-"."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

# First years of the bands: under 18, 18 to 60, over 60 (Regulation (EU) 2021/1147, annex VIII).
AMIF = (0, 18, 61)
OLDEST = 150


@dataclass(frozen=True)
class Band:
    """Ages from `first` to `last`, both included; `last` is None for the highest band."""

    first: int
    last: int | None

    @property
    def code(self) -> str:
        return f"{self.first}-{'' if self.last is None else self.last}"


def bands(starts: Iterable[object] = AMIF) -> list[Band]:
    """Bands that begin at these ages, without gaps from 0 on; what is not an age of a person is left out."""
    ages = sorted({0, *(age for age in starts if isinstance(age, int) and 0 <= age <= OLDEST)})
    return [Band(first, following - 1) for first, following in pairwise(ages)] + [Band(ages[-1], None)]
