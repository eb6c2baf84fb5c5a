"""Which rows of a file are one family: by a number that they share, by a head with members below, by what they are to
each other, or as they stand in one row."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .table import plain

LARGEST: Final = 15  # people; what more share is no number of a family
HEAD: Final = "head"


@dataclass(frozen=True)
class Kin:
    """What a row says of its family. `row`: its number in the file, shared by people who stand in one row; `begins`:
    whether the column is filled that is filled for the first of each family only (None: there is no such column).
    """

    row: int
    number: str = ""
    begins: bool | None = None
    role: str = ""
    reference: str = ""


def families(rows: Sequence[Kin]) -> list[list[int]]:
    """Positions of the rows of each family, in the order of the file; nobody is in two, and nobody is one alone."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(_keys(rows)):
        if key:
            found[key].append(place)
    return [places for places in found.values() if len(places) > 1]


def by_reference(rows: Sequence[Kin]) -> bool:
    """Whether only the references of the rows tell of families: nothing else does."""
    return not any(one.number or one.begins is not None or one.role for one in rows)


def _keys(rows: Sequence[Kin]) -> Iterator[str]:
    """For each row what it shares with its family; "" where it has none."""
    if any(one.number for one in rows):
        below = _is_filled_once([one.number for one in rows])
        yield from _downwards(rows, [bool(one.number) for one in rows]) if below else _together(rows)
    elif any(one.begins for one in rows):
        yield from _downwards(rows, [bool(one.begins) for one in rows])
    elif len({one.row for one in rows if one.role}) > 1:
        yield from _downwards(rows, [one.role in ("", HEAD) for one in rows])
    else:
        shared = Counter(plain(one.reference) for one in rows if one.reference)
        for one in rows:
            yield plain(one.reference) if shared[plain(one.reference)] > 1 and not one.role else f"row {one.row}"


def _together(rows: Sequence[Kin]) -> Iterator[str]:
    numbers = {one.row: plain(one.number) for one in rows if one.number}
    for one in rows:  # whoever stands in the row of somebody with a number
        yield numbers.get(one.row, f"row {one.row}")


def _downwards(rows: Sequence[Kin], begins: Sequence[bool]) -> Iterator[str]:
    key = ""
    for one, new in zip(rows, begins, strict=True):
        key = f"row {one.row}" if new else key
        yield key or f"row {one.row}"


def _is_filled_once(numbers: Sequence[str]) -> bool:
    """A number that stands at the first of each family only, and not at those below."""
    filled = [plain(one) for one in numbers if one]
    return len(filled) < len(numbers) and len(set(filled)) == len(filled)


def roles(places: Sequence[int], rows: Sequence[Kin]) -> dict[int, str]:
    """Position -> role in the family. Of whom nothing is said while something is of others, that one is the head."""
    said = {place: rows[place].role for place in places}
    silent = [place for place, role in said.items() if not role]
    if len(silent) == 1 and HEAD not in said.values():
        said[silent[0]] = HEAD
    return said
