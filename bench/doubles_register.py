"""A register with known doubles: families with one phone, namesakes, and people who were registered once more.

Names come from the lists of the Faker package; Cyrillic ones are spelled by the tables of `names_synthetic`, so that
they know nothing of the product's own. Everything is seeded.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import import_module
from itertools import accumulate
from typing import Any

from names_synthetic import SYSTEMS, respell, ukraine

FIRST, LAST = date(1945, 1, 1), date(2024, 12, 31)
# Where people come from, in a hundred; who has a Cyrillic name is written in it or in one of several Latin spellings.
COUNTRIES = {
    "uk_UA": 48,
    "ru_RU": 16,
    "ka_GE": 6,
    "en_IN": 6,
    "tr_TR": 3,
    "az_AZ": 5,
    "hy_AM": 3,
    "es_CO": 6,
    "ne_NP": 4,
}
LANGUAGES = {"uk_UA": "uk", "ru_RU": "ru"}
FAMILIES = 0.45  # of the people, with somebody on the same phone
LETTERS = "abcdefghijklmnoprstuvwyz"


@dataclass(frozen=True)
class Row:
    """One record. `who`: the person it is of, whom two records may share. `names`: given names and family name."""

    who: int
    country: str
    names: tuple[str, str]
    text: str
    birth: str = ""
    phone: str = ""
    sex: str = "unknown"
    reference: str = ""


def register(people: int, again: int, seed: int = 11) -> list[Row]:
    """So many different people, and so many of them registered once more."""
    choose = random.Random(seed)
    pools = {country: _pools(country) for country in COUNTRIES}
    rows: list[Row] = []
    while len(rows) < people:
        rows += _family(choose, pools, len(rows))
    rows = rows[:people]
    twice = [_again(choose, row) for row in choose.sample(rows, again)]
    mixed = rows + twice
    choose.shuffle(mixed)
    return mixed


def truth(rows: list[Row]) -> set[tuple[int, int]]:
    """Places of two records of one person."""
    first: dict[int, int] = {}
    pairs = set()
    for place, row in enumerate(rows):
        if row.who in first:
            pairs.add((first[row.who], place))
        first.setdefault(row.who, place)
    return pairs


class Pool:
    """Names of a list, the first of them the most common."""

    def __init__(self, names: Any) -> None:
        self.names = list(dict.fromkeys(names))
        random.Random(len(self.names)).shuffle(self.names)
        self.weights = list(accumulate(1 / (place + 12) for place in range(len(self.names))))

    def draw(self, choose: random.Random) -> str:
        return choose.choices(self.names, cum_weights=self.weights)[0]


def _pools(country: str) -> dict[tuple[str, str], Pool]:
    provider = import_module(f"faker.providers.person.{country}").Provider
    found = {}
    for sex in ("female", "male"):
        found["given", sex] = Pool(getattr(provider, f"first_names_{sex}"))
        family = getattr(provider, f"last_names_{sex}", None) or provider.last_names
        found["family", sex] = Pool([*family, *getattr(provider, "last_names_common", ())])
    return found


def _family(choose: random.Random, pools: dict[str, dict[tuple[str, str], Pool]], who: int) -> Iterator[Row]:
    country = choose.choices(list(COUNTRIES), list(COUNTRIES.values()))[0]
    pool = pools[country]
    phone = _phone(choose)
    size = choose.choice((2, 3, 3, 4)) if choose.random() < FAMILIES / 2.2 else 1
    seat = choose.randrange(1 << 30)
    twins = _birth(choose, 2005)
    for place in range(size):
        sex = choose.choice(("female", "male"))
        family = pool["family", sex].names
        names = (
            pool["given", sex].draw(choose),
            family[seat % len(family)] if size > 1 else pool["family", sex].draw(choose),
        )
        born = _birth(choose) if place < 2 else twins if choose.random() < 0.1 else _birth(choose, 2000)
        yield Row(
            who=who + place,
            country=country,
            names=names,
            text=_spelled(choose, country, names),
            birth=_kept(choose, born),
            phone=phone if choose.random() < 0.85 else "",
            sex=sex if choose.random() < 0.8 else "unknown",
            reference=f"GD/{2014 + (who + place) % 12}/{who + place}" if choose.random() < 0.2 else "",
        )


def _again(choose: random.Random, row: Row) -> Row:
    """The same person, as somebody else wrote them down another day."""
    text = _spelled(choose, row.country, row.names)
    if choose.random() < 0.1:
        text = " ".join(reversed(text.split(" ")))
    if choose.random() < 0.08:
        text = _mistyped(choose, text)
    return replace(
        row,
        text=text,
        birth=_slip(choose, row.birth),
        phone=choose.choices((row.phone, _phone(choose), ""), (60, 30, 10))[0],
        sex=row.sex if choose.random() < 0.7 else "unknown",
        reference=row.reference if choose.random() < 0.5 else "",
    )


def _spelled(choose: random.Random, country: str, names: tuple[str, str]) -> str:
    text = " ".join(names)
    language = LANGUAGES.get(country)
    if not language or choose.random() < 0.25:
        return text
    return respell(text, choose.choice(SYSTEMS[language]) if choose.random() < 0.5 else ukraine)


def _birth(choose: random.Random, since: int = FIRST.year) -> date:
    first = date(since, 1, 1)
    return first + timedelta(choose.randrange((LAST - first).days))


def _kept(choose: random.Random, born: date) -> str:
    return choose.choices((born.isoformat(), str(born.year), f"{born.year}-01-01", ""), (86, 5, 4, 5))[0]


def _slip(choose: random.Random, birth: str) -> str:
    if len(birth) < 10:
        return birth
    year, month, day = birth.split("-")
    other = f"{int(day[0])}{choose.randrange(10)}"
    return choose.choices(
        (
            birth,
            f"{year}-{day}-{month}" if int(day) <= 12 else birth,
            f"{int(year) + choose.choice((-1, 1))}-{month}-{day}",
            f"{year}-{month}-{other}" if 1 <= int(other) <= 28 else birth,
            year,
            f"{year}-01-01",
            "",
        ),
        (68, 6, 5, 5, 6, 4, 6),
    )[0]


def _mistyped(choose: random.Random, text: str) -> str:
    place = choose.randrange(1, len(text))
    return text[:place] + choose.choice(LETTERS) + text[place + choose.choice((0, 1)) :]


def _phone(choose: random.Random) -> str:
    code = choose.choice(("48", "380"))
    return code + f"{choose.randrange(500_000_000, 899_999_999)}"
