"""Towns as clerks write them: without diacritics, with a postcode, a district, a street, or cut short."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from .table import plain
from .values import Unclear

POSTCODE: Final = re.compile(r"\b\d{2}[-–]?\d{3}\b")
BEFORE: Final = re.compile(r"^(?:m|gm|gmina|miasto|msc|miejscowość)\b\.?\s*", re.IGNORECASE)
SHORTEST: Final = 2  # letters of a word that is cut short: "Pruszcz Gd."


def find_place(words: Mapping[str, str], text: str) -> str:
    """The code of the municipality that a cell names; Unclear when none is, or more than one may be."""
    for said in _readings(text):
        if code := words.get(plain(said)) or words.get(folded(plain(said))):
            return code
    if "." in text:
        found = {code for word, code in words.items() if _is_short_for(plain(text), word)}
        if len(found) == 1:
            return found.pop()
    raise Unclear("not_a_place")


def _readings(text: str) -> Iterator[str]:
    """From the whole cell to its first part."""
    yield text
    town = BEFORE.sub("", " ".join(POSTCODE.sub(" ", text).split()))
    yield town
    yield from (part for part in town.split(",") if part.strip())
    yield re.split(r"\s*[-–/(]\s*", town)[0]


def _is_short_for(short: str, word: str) -> bool:
    """Word by word; each is the beginning of the other's."""
    ours, theirs = short.split(), word.split()
    return len(ours) == len(theirs) > 1 and all(
        len(one) >= SHORTEST and other.startswith(one) for one, other in zip(ours, theirs, strict=True)
    )


def folded(word: str) -> str:
    """Without diacritics: "gdańsk" is "gdansk"."""
    letters = unicodedata.normalize("NFD", word.replace("ł", "l"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
