"""A sheet as text: what every file format becomes before anything is understood of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

HEADER_SEARCHED = 25  # rows at the top in which the header may stand


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (1 = the first), its cells as text, and remarks of the reader."""

    number: int
    cells: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Nothing but white space."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """Header and rows below it; empty rows are left out and counted."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    empty_rows: int = 0
    notes: tuple[str, ...] = field(default=())  # codes of remarks on the whole file, e.g. "windows-1250"


class NoTable(ValueError):
    """There is nothing to import in it; `args[0]` is a code."""


def table_of(rows: Sequence[Row], known: frozenset[str], notes: tuple[str, ...] = ()) -> Table:
    """Find the header among the first rows (the one with most `known` headers), and what stands below it."""
    filled = [row for row in rows if not row.is_empty()]
    if not filled:
        raise NoTable("empty")
    header = _header(filled, known)
    width = max((index + 1 for index, cell in enumerate(header.cells) if cell.strip()), default=0)
    below = [row for row in filled if row.number > header.number]
    if not below:
        raise NoTable("only_header")
    width = max([width, *(len(row.cells) for row in below)])
    body = tuple(Row(row.number, _padded(row.cells, width), row.remarks) for row in below)
    names, body = _without_empty_columns(_padded(header.cells, width), body)
    last = max(row.number for row in rows)
    return Table(_distinct(names), body, last - header.number - len(body), notes)


def _header(filled: list[Row], known: frozenset[str]) -> Row:
    def score(row: Row) -> tuple[int, int]:
        return sum(plain(cell) in known for cell in row.cells), -row.number

    best = max(filled[:HEADER_SEARCHED], key=score)
    if score(best)[0]:
        return best
    return next((row for row in filled if sum(bool(cell.strip()) for cell in row.cells) > 1), filled[0])


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (cells + ("",) * width)[:width]


def _without_empty_columns(names: tuple[str, ...], rows: tuple[Row, ...]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Columns with neither a header nor a value are formatting, not data."""
    kept = [i for i, name in enumerate(names) if name.strip() or any(row.cells[i].strip() for row in rows)]
    trimmed = tuple(Row(row.number, tuple(row.cells[i] for i in kept), row.remarks) for row in rows)
    return tuple(names[i] for i in kept), trimmed


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Header texts, each once: "telefon", "telefon (2)"; a column without one is called by its number."""
    seen: dict[str, int] = {}
    distinct = []
    for position, name in enumerate(names, start=1):
        name = " ".join(name.split()) or f"#{position}"
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(distinct)


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """A header for comparison: lower case, without punctuation: "Data ur." and "data  ur" are one."""
    kept = "".join(char if char.isalnum() else " " for char in header.casefold())
    return " ".join(kept.split())
