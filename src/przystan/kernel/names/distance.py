"""How far two words sound from each other: a weighted edit distance over their signs."""

import re
from functools import lru_cache
from typing import Final

from przystan.kernel.names.sounds import PRICES, PURE_VOWELS, VOWEL_SIGNS

HOPELESS: Final = 0.6  # likenesses under this are not worked out, they are 0

_STRICT: Final = 1.15  # how fast likeness falls with the price of the differences
_FIRST_SIGN: Final = 1.35  # a wrong first letter is seldom a slip
_VOWEL_WEIGHT: Final = 0.7
_UNWRITTEN_WEIGHT: Final = 0.25  # of a vowel, where one of the two scripts leaves vowels out
_LAST_DROPS: Final = {"a": 1.0, "o": 0.7, "e": 0.45, "u": 0.35}
_LAST_A_OR_O: Final = 0.9  # Mario and Maria, Roberto and Roberta
_LAST_KA_OR_KO: Final = 0.2  # of a surname: Belarusian Харошка, Дзенісенка are Хорошко, Денисенко
_LONGEST: Final = 7.5  # a longer word does not get more slips for its length
_TAIL: Final = re.compile(
    r"(?:(?P<enko>enk[oa])|(?P<czyk>Cyk)|(?P<uk>[4C]uk|(?<=.{3})[iyj]uk)|(?P<shvili>S[vw][iy]li)|(?P<dze>aʒe)|(?P<ian>[iyj]an)"
    r"|(?P<ov>[oeë][vwf]a?|a[wu])|(?P<ski>[sc]k(?:a|ai?a|[iyj]+|oi|oy))|(?P<oglu>o[gG]lu)|(?P<zade>zad[eä])"
    r"|(?P<ovich>[oe][vw][iy][4CčS])|(?P<opulos>opulos))$"
)
_TAIL_DISCOUNT: Final = 0.6
_OTHER_TAIL: Final = 0.08  # Moroz and Morozov, Melnyk and Melnychuk are other families
_ALIKE: Final = 0.9
_LAST_VOWEL: Final = 2.2  # Oleksandr and Oleksandra, Amir and Amira are two persons


@lru_cache(maxsize=50_000)
def _drops(signs: str, unwritten: bool) -> tuple[float, ...]:
    """Price of leaving each sign out. `unwritten`: the other word's script writes no short vowels."""
    last = len(signs) - 1
    return tuple(_drop(signs, place, last, unwritten) for place in range(len(signs)))


def _drop(signs: str, place: int, last: int, unwritten: bool) -> float:
    sign = signs[place]
    beside_vowel = signs[place - 1 : place] in PURE_VOWELS or signs[place + 1 : place + 2] in PURE_VOWELS
    if sign == "ă":
        return 0.05
    if sign in "jy5" and beside_vowel:
        return 0.3 if sign == "5" and not place else 0.08
    if sign in "hG":
        return _drop_breath(signs, place, last)
    if sign in "EA":
        return 0.15 if place in (0, last) or sign == "E" else 0.45
    if sign in "WY":
        return 0.25 if beside_vowel else 0.8
    if sign in PURE_VOWELS:
        return _drop_vowel(sign, place, last, unwritten, beside_vowel)
    if sign == "ṯ":
        return 0.4
    if sign == "η":
        return 0.02
    if sign == "ρ":
        return 0.1
    if sign == "2" and signs[place + 1 : place + 2] == "k":
        return 0.2
    return 1.0 if place else _FIRST_SIGN


def _drop_breath(signs: str, place: int, last: int) -> float:
    """An h is lost at the end and between vowels (Fatimah, Allah), seldom at the beginning."""
    after_vowel = signs[place - 1 : place] in PURE_VOWELS
    if after_vowel and (place == last or signs[place + 1] in PURE_VOWELS):
        return 0.15
    return 0.35 if place else 0.5


def _drop_vowel(sign: str, place: int, last: int, unwritten: bool, beside_vowel: bool) -> float:
    if place == last and place > 0 and sign in "aeou":
        return (0.3 if sign == "e" else 0.45) if unwritten else _LAST_VOWEL * _LAST_DROPS[sign]
    if unwritten:
        return 0.05 if sign == "a" or beside_vowel else 0.12
    if sign == "i" and beside_vowel:
        return 0.12
    return 0.25 if beside_vowel else 0.45


def _weight(signs: str, unwritten: bool) -> float:
    vowel = _UNWRITTEN_WEIGHT if unwritten else _VOWEL_WEIGHT
    return sum(vowel if sign in VOWEL_SIGNS else 1.0 for sign in signs if sign != "η")


@lru_cache(maxsize=200_000)
def likeness(left: str, right: str, left_abjad: bool = False, right_abjad: bool = False) -> float:
    """How alike two words sound, 0 to 1; 0 for everything under HOPELESS.

    `left`, `right`: signs. An abjad writes no short vowels (Arabic, Hebrew): then the other word's
    vowels cost next to nothing. Symmetric, and 1 for equal signs.
    """
    if left == right:
        return 1.0
    if (right, right_abjad) < (left, left_abjad):
        left, right, left_abjad, right_abjad = right, left, right_abjad, left_abjad
    abjad = left_abjad or right_abjad
    size = max(_weight(left, abjad), _weight(right, abjad), 2.0 if abjad else 2.5)
    size = min(size - _shared_tail(left, right), _LONGEST)
    most = (1.0 - HOPELESS) * size / _STRICT
    price = _price(left, right, _drops(left, right_abjad), _drops(right, left_abjad), most)
    alike = 0.0 if price > most else 1.0 - _STRICT * price / size
    return alike - _OTHER_TAIL if HOPELESS < alike < _ALIKE and _tail(left)[0] != _tail(right)[0] else alike


@lru_cache(maxsize=50_000)
def _tail(signs: str) -> tuple[str, float]:
    """Which common surname ending a word has ("" if none), and the weight of it."""
    found = _TAIL.search(signs)
    return (found.lastgroup or "", _weight(found.group(), False)) if found else ("", 0.0)


def _shared_tail(left: str, right: str) -> float:
    """Weight taken off two words with common endings: -enko says nothing of whose name it is."""
    return _TAIL_DISCOUNT * min(_tail(left)[1], _tail(right)[1])


def _is_ka(signs: str) -> bool:
    return len(signs) > 5 and signs[-2] == "k"


def _price(left: str, right: str, left_drops: tuple[float, ...], right_drops: tuple[float, ...], most: float) -> float:
    """Least total price of turning one word into the other; anything over `most` means too far."""
    row = [0.0]
    for drop in right_drops:
        row.append(row[-1] + drop)
    last_left, last_right = len(left) - 1, len(right) - 1
    before: list[float] = row
    previous = ""
    for place, (sign, drop) in enumerate(zip(left, left_drops, strict=True)):
        following = [row[0] + drop]
        cell = following[0]
        for column, other in enumerate(right):
            change = PRICES[sign + other]
            if not place and not column:
                change *= _FIRST_SIGN
            elif place == last_left and column == last_right and sign + other in ("ao", "oa"):
                change = _LAST_KA_OR_KO if _is_ka(left) and _is_ka(right) else _LAST_A_OR_O
            change += row[column]
            cell += right_drops[column]
            if change < cell:
                cell = change
            dropped = row[column + 1] + drop
            if dropped < cell:
                cell = dropped
            swapped = 0 < column < last_right and sign == right[column - 1] and other == previous != sign
            if swapped and place < last_left:
                cell = min(cell, before[column - 1] + 0.7)  # two letters changed places
            following.append(cell)
        if min(following) > most:
            return most + 1.0
        before, row, previous = row, following, sign
    return row[-1]
