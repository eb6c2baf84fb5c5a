"""Names of institutions as they are looked up: abbreviations in full, roman numerals in figures, small words left out.

What sounds alike, is misspelt or stands in another script is for `kernel.names`; this only brings a name into the few
telling words that it compares well. The words are data: `institutions/data/words.toml`.
"""

import re
from functools import cache, lru_cache

from przystan.kernel.names import Comparison, KeyGroup, compare_typed, fold, keys, query_keys
from przystan.kernel.names.fold import latin_word, words
from przystan.reference.shipped import shipped

BETWEEN = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
COMPANY = re.compile(r"\b(?:sp z o o|spółka z o o|s a|sp j|sp k)$")
ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
VALUES = {"i": 1, "v": 5, "x": 10}
SHORTEST, LONGEST = 2, 7  # letters of an abbreviation
SHORT = 0.95  # the score of a name by its abbreviation


@cache
def _data() -> tuple[frozenset[str], frozenset[str], dict[str, list[str]]]:
    """Small words, words that many share, and the words behind each abbreviation; in small letters."""
    data = shipped("institutions", "words")
    return frozenset(data["noise"]), frozenset(data["generic"]), {k: v.split() for k, v in data["short"].items()}


def folded(text: str) -> str:
    """The whole name in plain Latin, small; "" only where nothing can be read."""
    return fold(text) or text.lower()


@lru_cache(maxsize=20_000)
def telling(text: str) -> str:
    """The words that tell it from others, the most telling first: "II Liceum Ogólnokształcące" and "2 LO" are one."""
    noise, generic, short = _data()
    found: list[str] = []
    for place, word in enumerate(_plain(text)):
        if number := _roman(word, first=place == 0):
            found.append(number)
        elif word in short:
            found += short[word]
        else:
            found.append(word)
    kept = [word for word in found if word not in noise] or found
    return " ".join(sorted(dict.fromkeys(kept), key=lambda word: latin_word(word) in generic))


def abbreviations(text: str) -> frozenset[str]:
    """Abbreviations by which people may call it: first letters of its words, with the small ones and without, and cut
    before the town at the end: "puw" for Pomorski Urząd Wojewódzki w Gdańsku. Figures are no part of it."""
    noise = _data()[0]
    plain = [word for place, word in enumerate(_plain(text)) if not (word.isdigit() or _roman(word, first=place == 0))]
    found = set()
    for some in (plain, [word for word in plain if word not in noise]):
        letters = "".join(latin_word(word)[:1] for word in some)
        found |= {letters[:size] for size in range(SHORTEST, min(len(letters), LONGEST) + 1)}
    return frozenset(one for one in found if len(one) > SHORTEST or len(plain) <= SHORTEST)


def keys_of(text: str) -> frozenset[str]:
    """Index keys of a name: by sound, of its telling words and as it is written; and of its abbreviations."""
    return keys(telling(text)) | keys(text) | {f"a:{short}" for short in abbreviations(text)}


def _plain(text: str) -> list[str]:
    """Its words, figures apart from letters ("SP12"), without the form of a company ("Sp. z o.o.")."""
    plain = " ".join(word.rstrip(".") for word in words(BETWEEN.sub(" ", text)))
    return COMPANY.sub(" ", plain).split()


def _roman(word: str, *, first: bool) -> str:
    """The figures of a roman numeral up to 39; a single letter is one at the beginning only: "i" is Polish "and"."""
    if not word or not ROMAN.fullmatch(word) or (len(word) == 1 and not first):
        return ""
    values = [VALUES[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < after else value for value, after in pairs))


ORDER = ("exact", "all", "partial", "fewer", "near", "typo", "one")  # of look-ups, as `kernel.names.query_keys` has it


def look_ups(text: str) -> list[KeyGroup]:
    """The look-ups for a name as typed: of its telling words, of what was typed, and as an abbreviation."""
    short = fold(text).replace(" ", "")
    groups = [*query_keys(telling(text)), *query_keys(text)]
    if SHORTEST <= len(short) <= LONGEST:
        groups.append(KeyGroup("exact", (frozenset({f"a:{short}"}),)))
    return sorted(dict.fromkeys(groups), key=lambda group: ORDER.index(group.kind))


def alike(typed: str, name: str) -> Comparison:
    """How like a name is what was typed: the better of both ways to write it. Other figures make another institution:
    school 12 is not school 13."""
    if fold(typed).replace(" ", "") in abbreviations(name):
        return Comparison(SHORT, False, ("short",))
    best = max(
        compare_typed(telling(typed), telling(name)), compare_typed(typed, name), key=lambda outcome: outcome.score
    )
    asked, there = figures(typed), figures(name)
    if asked and there and not asked <= there:
        return Comparison(best.score / 2, False, ("other_word",))
    return best


def figures(text: str) -> frozenset[str]:
    """Its numbers: those of schools tell one from another."""
    return frozenset(word for word in telling(text).split() if word.isdigit())
