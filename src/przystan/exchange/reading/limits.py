"""How much of a file is read, and what is said of one that cannot be."""

from dataclasses import dataclass
from typing import Any


class Unreadable(ValueError):
    """The file cannot be read; `code` says why (see `exchange.wording`), `details` its numbers."""

    def __init__(self, code: str, **details: Any):
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Limits:
    """What one file may hold; a spreadsheet of 100,000 people is well below each of them."""

    rows: int = 200_000  # with anything in them, of one sheet
    columns: int = 500
    cells: int = 5_000_000  # with anything in them, of all sheets
    letters: int = 100_000_000  # of all cells
    cell: int = 32_767  # letters of one cell, as in Excel
    row: int = 1_000_000  # letters of one row
    sheets: int = 100
    deep: int = 64  # elements in elements
    unpacked: int = 400 * 1024 * 1024  # bytes; a spreadsheet of 100,000 rows is some 60 MB, a zip bomb is more
    plausible: int = 50 * 1024 * 1024  # from here on what is packed tighter than any real table is taken for a bomb
    tightest: int = 100  # bytes unpacked of one byte in the file


class Tally:
    """Counts what was read, and raises Unreadable as soon as it is too much."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.cells = self.letters = 0

    def width(self, columns: int) -> None:
        if columns > self.limits.columns:
            raise Unreadable("too_wide", columns=self.limits.columns)

    def length(self, rows: int) -> None:
        if rows > self.limits.rows:
            raise Unreadable("too_long", rows=self.limits.rows)

    def row(self, cells: list[str]) -> None:
        """Count the cells of one row."""
        lengths = list(map(len, filter(None, cells)))
        if max(lengths, default=0) > self.limits.cell or sum(lengths) > self.limits.row:
            raise Unreadable("long_cell", letters=self.limits.cell)
        self._more(len(lengths), sum(lengths))

    def spread(self, cells: int, text: str) -> None:
        """Count a text that is written into several cells."""
        self._more(cells, cells * len(text))

    def _more(self, cells: int, letters: int) -> None:
        self.cells += cells
        self.letters += letters
        if self.cells > self.limits.cells or self.letters > self.limits.letters:
            raise Unreadable("too_full", cells=self.limits.cells)
