"""Cells that say no more than "the same as above": "j.w.", "as above", or a sign under the value."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .table import plain

WORDS: Final = frozenset(
    {
        *("jw", "j w", "jak wyżej", "jak wyzej", "jak powyżej", "to samo", "tak samo", "idem"),
        *("as above", "same as above", "ditto"),
        *("як вище", "див вище", "те саме", "так само", "как выше", "см выше", "то же", "тоже"),
    }
)
MARK: Final = r"[\"”„“″〃»«]+|''|,,|/{2}|\|{2}"
SIGNS: Final = re.compile(rf"[-–—_\s]*(?:{MARK})[-–—_\s]*|[-–—]\s*(?:II|ll)\s*[-–—]")
LONGEST: Final = 20  # letters: no longer cell is looked at
# Of people each is named in words of their own; a mark stands for one person on one day.
PEOPLE: Final = frozenset(
    {"given", "family", "name", "native_name", "other_name", "partner", "child", "member", "contact"}
    | {"short_name", "former_name"}
)
NOT_TAKEN: Final = PEOPLE | {"mark"}


def is_ditto(text: str) -> bool:
    """Whether a cell means the one above it."""
    text = text.strip()
    return bool(text) and len(text) <= LONGEST and (plain(text) in WORDS or bool(SIGNS.fullmatch(text)))


def as_above(cells: Sequence[str], above: Sequence[str], mapping: Mapping[int, str]) -> dict[int, str]:
    """Column -> the value above, for cells that mean it; not where nothing stands above, nor for names and marks."""
    return {
        column: above[column]
        for column, field in mapping.items()
        if field not in NOT_TAKEN
        and column < min(len(cells), len(above))
        and is_ditto(cells[column])
        and above[column].strip()
    }


def names_as_above(cells: Sequence[str], mapping: Mapping[int, str]) -> list[int]:
    """Columns of names in which no name stands, but a word for the one above: whose it is nobody can tell."""
    return [
        column for column in mapping if mapping[column] in PEOPLE and column < len(cells) and is_ditto(cells[column])
    ]
