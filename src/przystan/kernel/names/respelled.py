"""Words written by one country's alphabet, put into letters that all others read alike (`respellings.txt`)."""

from functools import lru_cache
from importlib.resources import files
from typing import Final

from przystan.kernel.names.script import Script, script_of_letter

_SOMALI: Final = str.maketrans({"c": None, "x": "h"})
# Letters that look alike in Latin and Cyrillic (Unicode confusables), and what a Cyrillic word means by the Latin one.
_LOOK_ALIKE: Final = dict(zip("aceopxyikbhmt", "асеорхуікВНМТ".lower(), strict=True))
_TO_CYRILLIC: Final = str.maketrans(_LOOK_ALIKE)
_TO_LATIN: Final = str.maketrans({cyrillic: latin for latin, cyrillic in _LOOK_ALIKE.items() if latin in "aceopxyi"})


@lru_cache(maxsize=1)
def _tables() -> dict[str, tuple[str, ...]]:
    tables: dict[str, tuple[str, ...]] = {}
    section = ""
    text = files("przystan.kernel.names").joinpath("respellings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            tables[section] = (*tables.get(section, ()), *line.split())
    return tables


@lru_cache(maxsize=1)
def _somali() -> frozenset[str]:
    return frozenset(_tables()["somali"])


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    pairs = (entry.partition("=") for entry in _tables()["abbreviations"])
    return {short: whole for short, _, whole in pairs}


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, str], ...]:
    pairs = (entry.partition("=") for entry in _tables()["belarusian"])
    return tuple((theirs, others) for theirs, _, others in pairs)


def respelled(parts: list[str]) -> list[str]:
    """Words of one name, each as most others spell it. Somali: Cabdi Maxamed is Abdi Mahamed."""
    if _somali() & set(parts):
        return [part.translate(_SOMALI) or part for part in parts]
    return [_without_softening(_abbreviations().get(part, part)) for part in parts]


def _without_softening(word: str) -> str:
    for theirs, others in _stems():
        if word.startswith(theirs) and len(word) > len(theirs) + 2:
            return others + word.removeprefix(theirs)
    return word


@lru_cache(maxsize=20_000)
def in_one_script(word: str) -> str:
    """A lower-case word that mixes look-alike letters of Latin and Cyrillic, in the script of the others."""
    scripts = [script_of_letter(letter) for letter in word]
    latin, cyrillic = scripts.count(Script.LATIN), scripts.count(Script.CYRILLIC)
    if not latin or not cyrillic:
        return word
    changed = word.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)
    kept = {script_of_letter(letter) for letter in changed} & {Script.LATIN, Script.CYRILLIC}
    return changed if len(kept) == 1 else word
