"""CSV as offices write it: in any of the usual encodings; semicolons, commas or tabs."""

import csv
import io
from itertools import islice

from przystan.kernel.cells import plain_text

from ..rules.table import Row
from .letters import decoded
from .limits import Tally, Unreadable
from .sheets import LETTERS_LOST, LOST, Sheet

LAST = "end"


def read_csv(content: bytes, tally: Tally) -> Sheet:
    """The rows of a text file; how its letters were read is a note."""
    text, encoding = decoded(content)
    csv.field_size_limit(tally.limits.cell)
    try:
        rows = tuple(_rows(text, tally))
    except csv.Error as error:
        raise Unreadable("long_cell", letters=tally.limits.cell) from error
    return Sheet("", rows, (encoding,))


def _rows(text: str, tally: Tally) -> list[Row]:
    """The cells of each line. An own last line must come out alone, or a quotation mark was never closed."""
    whole = io.StringIO(text.rstrip("\r\n") + "\r\n" + LAST, newline="")
    rows: list[Row] = []
    line: list[str] = []
    for number, line in enumerate(csv.reader(whole, delimiter=_delimiter(text)), start=1):
        if number > 1:
            tally.length(number - 1)
        cells = list(map(_cell, line))
        tally.width(len(cells))
        tally.row(cells)
        rows.append(Row(number, tuple(cells), (LETTERS_LOST,) if LOST in "".join(cells) else ()))
    if line != [LAST]:
        raise Unreadable("quotes")
    return rows[:-1]


def _delimiter(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of parts, more than one."""
    lines = [line for line in islice(io.StringIO(text), 30) if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        try:
            wide = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        except csv.Error:  # a cell without end: another separator may cut it
            wide = []
        return (max(map(wide.count, wide)), max(wide)) if wide else (0, 0)

    return max(";,\t|", key=score)


def _cell(text: str) -> str:
    """Without NUL, and without the apostrophe by which our own exports keep text from being a formula."""
    return plain_text(text.replace("\x00", "").strip())
