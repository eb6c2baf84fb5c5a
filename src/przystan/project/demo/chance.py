"""Small helpers over a seeded `random.Random`: weighted choices, references, days."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from przystan.kernel.refs import ALPHABET

T = TypeVar("T")
_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]


class Weighted(Generic[T]):
    """A choice with weights, prepared once."""

    def __init__(self, weights: Sequence[tuple[T, float]]) -> None:
        self.values = [value for value, _ in weights]
        self.cumulative = list(accumulate(weight for _, weight in weights))

    def pick(self, rng: Random) -> T:
        return rng.choices(self.values, cum_weights=self.cumulative)[0]


def ref(rng: Random) -> str:
    """A public reference like `kernel.refs.new_ref`, but from the seed."""
    bits = rng.getrandbits(60)
    return "".join([_PAIRS[(bits >> shift) & 1023] for shift in (0, 10, 20, 30, 40, 50)])


def between(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included; `first` when they are out of order."""
    return first + timedelta(rng.randint(0, max(0, (last - first).days)))


def days(count: float) -> timedelta:
    return timedelta(days=int(count))


def partial(rng: Random, day: date, *, month: float, year: float, unknown: float) -> str:
    """A date as people give it: whole, or with these chances only month, only year, not at all."""
    chance = rng.random()
    if chance < unknown:
        return ""
    if chance < unknown + year:
        return f"{day.year:04}"
    if chance < unknown + year + month:
        return f"{day.year:04}-{day.month:02}"
    return day.isoformat()
