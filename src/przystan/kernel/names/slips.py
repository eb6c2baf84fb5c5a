"""Slips of the keyboard: what a hand does to a word, apart from what an ear does (`distance`).

One letter more, less or other is a slip in a long word only; in a short one it is another name (Kos and Kot, Zarina
and Zarifa). A neighbouring key, a doubled letter, two letters that changed places are slips in any.
"""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_LETTERS: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TYPED_IN_LATIN: Final = str.maketrans(_KEYS + _KEYS.upper() + '{}:"<>~', _LETTERS + _LETTERS.upper() + "ХЪЖЭБЮЁ")
_LONG: Final = 7  # letters of a word in which any one letter may be a slip
_INFLECTED: Final = 5  # letters after which -a and -y are cases of one word: Morena, Moreny
_VERY_LONG: Final = 12  # or two


def cyrillic_typed_in_latin(text: str) -> str:
    """What the keys say when Cyrillic was meant and the keyboard stood on Latin: Rbhbkk is Кирилл."""
    return text.translate(_TYPED_IN_LATIN)


@lru_cache(maxsize=1)
def _neighbours() -> frozenset[str]:
    found = {row[place : place + 2] for row in _ROWS for place in range(len(row) - 1)}
    for upper, lower in (_ROWS[:2], _ROWS[1:3], _ROWS[3:5], _ROWS[4:]):
        found |= {upper[place] + lower[place] for place in range(len(lower))}
    return frozenset(found | {pair[::-1] for pair in found})


def swapped(one: str, other: str) -> bool:
    """Whether two letters beside each other changed places, and nothing else differs."""
    return len(one) == len(other) and OSA.distance(one, other) == 1 and sorted(one) == sorted(other)


@lru_cache(maxsize=50_000)
def letters_apart(one: str, other: str) -> int:
    """Letters added, left out, changed, or two changed about, between two words of one script."""
    return int(OSA.distance(one, other))


@lru_cache(maxsize=50_000)
def is_slip(one: str, other: str, *, known: bool) -> bool:
    """Whether one word may be the other mistyped. `known`: one of the two is a name that we know, the other is not."""
    apart, size = letters_apart(one, other), max(len(one), len(other))
    if apart == 2:
        return size >= _VERY_LONG or (known and size >= _LONG)
    if apart != 1:
        return False
    if swapped(one, other) or _doubled(one, other):
        return True
    if len(one) == len(other):
        place = next(place for place in range(size) if one[place] != other[place])
        if one[place] + other[place] in _neighbours():
            return True
        return size >= _LONG and 0 < place < size - 1
    short, long = sorted((one, other), key=len)
    inside = short[:1] == long[:1] and short[-1:] == long[-1:]
    if known and not inside:
        return size >= (_LONG - 1 if long[-1] in "iey" else _LONG)
    return inside and size >= (_LONG - 2 if known else _LONG)


_HEARD_ALIKE: Final = (
    {"e", "i"},
    {"i", "y"},
    {"e", "y"},
    {"o", "u"},
    {"v", "w"},
    {"c", "k"},
    {"k", "q"},
    {"j", "y"},
    {"i", "j"},
)
_UNHEARD: Final = re.compile(r"(?<=s)h|h$|(?<=[nrl])u$|(?<=[^aeiouy])e$|(?<=[ckstpgd])h")


@lru_cache(maxsize=50_000)
def is_spelling(one: str, other: str) -> bool:
    """Whether the one letter between two words is no other sound: a near vowel, an h that marks, a mute e."""
    if len(one) == len(other):
        places = [place for place in range(len(one)) if one[place] != other[place]]
        if len(places) != 1:
            return one == other
        pair, after = {one[places[0]], other[places[0]]}, one[places[0] + 1 : places[0] + 2]
        if pair == {"a", "y"} and not after:
            return len(one) > _INFLECTED
        return pair in _HEARD_ALIKE or (pair == {"a", "e"} and after in {"i", "y"})
    return _UNHEARD.sub("", one) == _UNHEARD.sub("", other)


def _doubled(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return any(
        long[place] == long[place - 1] and long[:place] + long[place + 1 :] == short for place in range(1, len(long))
    )


def is_longer_form(one: str, other: str) -> bool:
    """Whether one word is the other with an ending of its own: Mazur and Mazurek, Demir and Demirci are two."""
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) >= 2 and long.startswith(short)
