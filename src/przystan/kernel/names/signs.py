"""What is done with a word's signs: tidying, the coarse skeleton, the form for looking up."""

import re
from functools import lru_cache
from typing import Final

_GLIDES: Final = re.compile(r"[ijy]{2,}")
_DOUBLED: Final = re.compile(r"(.)\1+")
_LAST_J: Final = re.compile(r"(?<=[iy])5$")
_KS: Final = re.compile(r"k[s8S]")


def tidy(signs: str, *, abjad: bool = False) -> str:
    """Signs without doubled ones; a run of i, j, y is one sound: Yuliia = Julija, Yurii = Jurij.

    In an abjad two like letters are two sounds with a vowel between them, and stay.
    """
    if abjad:
        return signs
    signs = _GLIDES.sub(lambda run: "i" if "i" in run.group() else "y", _LAST_J.sub("", signs))
    return _KS.sub("X", _DOUBLED.sub(r"\1", signs).replace("tc", "c"))


# Spellings that never part two given names are written one way before looking up.
_LOOKUP: Final = str.maketrans(
    {"w": "v", "y": "i", "j": "i", "ē": "i", "q": "k", "T": "t", "D": "d", "1": "g", "7": "z", "0": "z", "8": "S",
     "9": "Z", "L": "Z", "B": "b", "č": "C", "ρ": "r", "η": None, "ó": "o", "ö": "o", "ą": "a", "ă": "a", "ä": "e",
     "ü": "u"}
)  # fmt: skip
_SOFT_E: Final = re.compile(r"i(?=e)")  # Siergiej, Wiera, Yevhen


def lookup_form(signs: str) -> str:
    """The form a given name is looked up by: hesitations of spelling removed, other sounds kept."""
    form = tidy(signs).removesuffix("ă").translate(_LOOKUP)
    return tidy(_SOFT_E.sub("", form))


# Coarse classes for index keys: every sign gives the classes it may be heard as, the likeliest first.
# K throat, S hissing, T teeth, P lips, V lips and breath, M, N, R, L; vowels and glides give nothing.
_CLASSES: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys("kgxqG1Ḵ", ("K",)),
    **dict.fromkeys("szSZCcJQ3789čțʒL0", ("S",)),
    **dict.fromkeys("vf", ("V",)),
    **dict.fromkeys("td", ("T",)),
    "h": ("K", ""),
    "ρ": ("R", ""), "η": ("", "K"), "p": ("P",), "b": ("P",), "B": ("P", "V"), "P": ("P", "V"), "F": ("V", "P"),
    "m": ("M",), "n": ("N",), "l": ("L",), "r": ("R",),
    "T": ("T", "S"), "D": ("T", "S"),
    "2": ("K", "S"), "4": ("K", "S"), "5": ("", "S"), "X": ("KS", "S", "K"), "Ĵ": ("S", "K"),
    "w": ("V", ""), "W": ("V", ""), "ṯ": ("",),
}  # fmt: skip
_MOST: Final = 4  # readings of one word kept in the index


@lru_cache(maxsize=50_000)
def skeletons(signs: str) -> tuple[str, ...]:
    """Consonant skeletons of a word, at most four, the likeliest first; never empty.

    Words that may be the same sound share at least one: Szkrum, Shkrum and Шкрум all give SKRM.
    A word of vowels only gives its lower-case "o".
    """
    found = [""]
    previous = ""
    for place, sign in enumerate(signs):
        options = _options(sign, place, len(signs))
        if options != ("",) or sign in "ṯ":
            found = _grow(found, options, glued=previous != "")
        previous = options[0]
    return tuple(dict.fromkeys(skeleton or "o" for skeleton in found))


def _options(sign: str, place: int, length: int) -> tuple[str, ...]:
    options = _CLASSES.get(sign, ("",))
    if sign == "h" and 0 < place < length - 1:
        return ("K", "") if place == 1 else ("K",)
    return options


def _grow(found: list[str], options: tuple[str, ...], *, glued: bool) -> list[str]:
    """Every skeleton continued by every option; a class is not repeated where nothing parts it."""
    grown: list[str] = []
    for option in options:
        for skeleton in found:
            repeated = glued and option != "" and skeleton.endswith(option[0])
            grown.append(skeleton + option[1:] if repeated else skeleton + option)
    return list(dict.fromkeys(grown))[:_MOST]
