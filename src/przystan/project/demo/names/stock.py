"""Reads names.toml into plain tables."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Word:
    """One given or family name: native spelling, and the Latin spellings where no rule can make them."""

    native: str
    latin: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stock:
    """The names of one language. `female` and `male` are given names; `family` is masculine."""

    language: str
    country: str
    script: str
    female: tuple[Word, ...]
    male: tuple[Word, ...]
    family: tuple[Word, ...]
    family_first: bool = False
    father: bool = False
    two_families: bool = False
    middle_family: bool = False
    russian: dict[str, str] = field(default_factory=dict)
    russian_family: dict[str, str] = field(default_factory=dict)
    known_as: dict[str, tuple[str, ...]] = field(default_factory=dict)


def _word(entry: str) -> Word:
    native, _, latin = entry.replace("_", " ").partition("=")
    return Word(native, tuple(latin.split("|")) if latin else ())


def _words(text: str) -> tuple[Word, ...]:
    return tuple(_word(entry) for entry in text.split())


def _pairs(table: dict[str, Any], key: str) -> list[tuple[str, str]]:
    pairs: str = table.get(key, {}).get("pairs", "")
    return [(a, b) for a, _, b in (pair.partition("=") for pair in pairs.split())]


def _stock(language: str, table: dict[str, Any]) -> Stock:
    known_as: dict[str, tuple[str, ...]] = {}
    for name, short in _pairs(table, "known_as"):
        known_as[name] = (*known_as.get(name, ()), short)
    return Stock(
        language=language,
        country=table["country"],
        script=table["script"],
        female=_words(table["female"]),
        male=_words(table["male"]),
        family=_words(table["family"]),
        family_first=table.get("order") == "family_first",
        father=table.get("father", False),
        two_families=table.get("two_families", False),
        middle_family=table.get("middle_family", False),
        russian=dict(_pairs(table, "russian")),
        russian_family=dict(_pairs(table, "russian_family")),
        known_as=known_as,
    )


@cache
def stocks() -> dict[str, Stock]:
    """Language code -> its names."""
    text = resources.files(__package__).joinpath("names.toml").read_text(encoding="utf-8")
    return {language: _stock(language, table) for language, table in tomllib.loads(text).items()}
