"""Names made of syllables (Vietnamese, Chinese): people of few families, and one letter or tone is another name.

So syllables are equal or they are not; nothing is heard as something near. The tables are `syllables.txt`.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Final

from przystan.kernel.names.fold import clean, latin_word
from przystan.kernel.names.script import Script, script_of
from przystan.kernel.names.slips import swapped

_ASPIRATED: Final = re.compile(r"(?i)(?:ch|ts|k|p|t)['’ʼ‘`ʻʹ]")  # Wade-Giles marks the breath so
_ENOUGH: Final = 5  # letters of a syllable before two that changed places are a slip


@lru_cache(maxsize=1)
def _tables() -> dict[str, tuple[str, ...]]:
    tables: dict[str, tuple[str, ...]] = {}
    section = ""
    for line in files("przystan.kernel.names").joinpath("syllables.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            tables[section] = (*tables.get(section, ()), *line.split())
    return tables


@lru_cache(maxsize=8)
def _words_of(section: str) -> frozenset[str]:
    return frozenset(_tables()[section])


@lru_cache(maxsize=4)
def _pairs_of(section: str) -> dict[str, tuple[str, ...]]:
    split = (entry.partition("=") for entry in _tables()[section])
    return {written: tuple(meant.split(",")) for written, _, meant in split}


@lru_cache(maxsize=1)
def _pinyin() -> frozenset[str]:
    finals = _tables()["pinyin_finals"]
    plain = {"a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "er"}
    return frozenset(first + last for first in _tables()["pinyin_initials"] for last in finals) | plain


@lru_cache(maxsize=20_000)
def _split(word: str) -> tuple[str, ...]:
    """Syllables of a Chinese word in Latin letters; () when it is not made of at most two."""
    word = dict.get(_respelled(), word, word)
    if word in _pinyin() or _from_wade_giles(word):
        return (word,)
    for place in range(len(word) - 1, 0, -1):
        first, second = word[:place], word[place:]
        if first in _pinyin() and second in _pinyin() and second[0] not in "aoe":
            return first, second
    if word.startswith("ou") and word[2:] in _pinyin():
        return "ou", word[2:]
    return ()


def _respelled() -> dict[str, str]:
    return {written: meant[0] for written, meant in _pairs_of("respelled").items()}


@lru_cache(maxsize=5_000)
def _from_wade_giles(syllable: str) -> frozenset[str]:
    """Pinyin syllables that a syllable in Wade-Giles may be, without its apostrophe; empty when none."""
    initials, finals = _pairs_of("wade_giles_initials"), _pairs_of("wade_giles_finals")
    start = next((first for first in sorted(initials, key=len, reverse=True) if syllable.startswith(first)), "")
    rest = syllable[len(start) :]
    found = product(initials.get(start, ("",)), (*finals.get(rest, ()), rest))
    return frozenset("".join(parts) for parts in found) & _pinyin()


class Syllabic:
    """A name read by syllables. `marks`: base letters and marks of each, when it carries any; else ()."""

    __slots__ = ("marks", "old", "signs", "syllables", "vietnamese")

    def __init__(self, text: str, words: list[str], *, vietnamese: bool) -> None:
        self.vietnamese = vietnamese
        cut = [(word,) for word in words] if vietnamese else [_split(word) for word in words]
        self.syllables = tuple(syllable for part in cut for syllable in part)
        raw = clean(text).split()
        self.marks = tuple(map(_marked, raw)) if vietnamese and not text.isascii() else ()
        self.signs = _ideographs(text)
        self.old = bool(_ASPIRATED.search(text)) or any(
            mark in word for word in words for mark in _tables()["wade_giles_marks"]
        )


def _ideographs(text: str) -> tuple[str, ...]:
    return tuple(sorted(letter for letter in text if script_of(letter) is Script.HAN))


def _marked(word: str) -> str:
    """Letters of a syllable first and its marks after them, so that Thuỳ is Thùy."""
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    return letters + "".join(sorted(part for part in parts if unicodedata.combining(part)))


@lru_cache(maxsize=20_000)
def syllabic(text: str) -> Syllabic | None:
    """The name by syllables, if it shows that it is Vietnamese or Chinese; else None."""
    script = script_of(text)
    if script not in (Script.LATIN, Script.HAN):
        return None
    spaced = " ".join(text) if script is Script.HAN else text
    words = [folded for word in clean(spaced).split() if (folded := latin_word(word))]
    if not 2 <= len(words) <= 6:
        return None
    families, middles = _words_of("vietnamese_family"), _words_of("vietnamese_middle")
    ends = {words[0], words[-1]} | set(words[1:2])
    if script is Script.LATIN and ends & families and (middles & set(words) or "nguyen" in words or _has_marks(text)):
        return Syllabic(text, words, vietnamese=True)
    if ends & _words_of("chinese_family") or words[:2] == ["ou", "yang"]:
        return Syllabic(text, words, vietnamese=False) if all(map(_split, words)) else None
    if script is Script.LATIN and len(words) > 2 and ends & families and all(len(word) < 6 for word in words):
        return Syllabic(text, words, vietnamese=True)
    return None


def _has_marks(text: str) -> bool:
    """Letters that only Vietnamese writes."""
    return bool(set(unicodedata.normalize("NFD", text.lower())) & set("\u0309\u031b\u0323\u0111"))


def same_syllables(a: Syllabic, b: Syllabic) -> bool:
    """Whether two names have the same syllables, in any order; tones and ideographs count where both carry them.

    The middle words Văn and Thị may be left out. A slip of two letters in a long syllable is overlooked.
    """
    if a.marks and b.marks and Counter(_without_middle(a.marks)) != Counter(_without_middle(b.marks)):
        return False
    if a.signs and b.signs:
        return a.signs == b.signs
    left = Counter(_without_middle(a.syllables) if a.vietnamese else a.syllables)
    right = Counter(_without_middle(b.syllables) if b.vietnamese else b.syllables)
    one, other = sorted((left - right).elements()), sorted((right - left).elements())
    return len(one) == len(other) and all(
        any(_same(x, y, old=a.old or b.old) for y in other) for x in one
    ) and all(any(_same(x, y, old=a.old or b.old) for x in one) for y in other)  # fmt: skip


def _without_middle(syllables: tuple[str, ...]) -> tuple[str, ...]:
    middles = _words_of("vietnamese_middle")
    kept = tuple(syllable for syllable in syllables if latin_word(syllable[:4]) not in middles)
    return kept if len(kept) > 1 else syllables


def _same(one: str, other: str, *, old: bool) -> bool:
    if old and (one in _from_wade_giles(other) or other in _from_wade_giles(one)):
        return True
    return min(len(one), len(other)) >= _ENOUGH and swapped(one, other)
