"""Values that are like nothing in our lists, found among the problems of rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .table import plain

NOTHING: Final = "-"  # the meaning of a value that says nothing
SHOWN: Final = 40  # values that are asked about at once, the most frequent first
LONGEST: Final = 100  # letters of a value that can be remembered
# Code of a problem -> the list (an attribute of `queries.words.Meanings`) in which the value was looked for.
LISTS: Final[Mapping[str, str]] = {
    "not_a_country": "countries",
    "not_a_language": "languages",
    "not_a_title": "titles",
    "not_a_place": "places",
    "not_a_family_role": "family_roles",
    "not_a_mark": "marks",
    "not_a_point": "points",
    "not_a_service": "services",
    "not_a_topic": "topics",
    "not_a_mode": "modes",
    "not_a_colleague": "staff",
    "not_a_programme": "programmes",
    "not_a_kind": "institution_kinds",
}


@dataclass(frozen=True, order=True)
class Unknown:
    """A value, plain, and the list it is not in."""

    field: str
    value: str


def unknown_in(problems: Iterable[Iterable[Mapping[str, Any]]]) -> list[tuple[Unknown, int]]:
    """The values that the problems of rows tell of, each with its number, the most frequent first."""
    found = Counter(
        Unknown(LISTS[one["code"]], value)
        for row in problems
        for one in row
        if one["code"] in LISTS and (value := plain(str(one["text"]))) and len(value) <= LONGEST
    )
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
