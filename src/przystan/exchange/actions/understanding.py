"""Every row read by itself, with what only its column and its file tell."""

from collections.abc import Mapping, Sequence
from datetime import date

from ..enums import ImportKind
from ..models import ImportBatch, ImportRow
from ..queries.words import Meanings
from ..rules.day_first import Order, orders
from ..rules.drafts import Draft, Problem
from ..rules.nobody import leave_out, note_cells
from .matching import Reader, reader_of

HOLES = ("formula_without_value", "letters_lost")  # remarks on rows of which a part is missing


def understand(batch: ImportBatch, rows: Sequence[ImportRow], meanings: Meanings, today: date) -> list[Draft]:
    """What each row says; rows about nobody are marked to be left out."""
    mapping = {int(column): field for column, field in batch.mapping.items()}
    read, days = reader_of(batch), orders([row.cells for row in rows], mapping)
    return [_understood(batch, row, mapping, read, days, meanings, today) for row in rows]


def _understood(
    batch: ImportBatch,
    row: ImportRow,
    mapping: Mapping[int, str],
    read: Reader,
    days: Mapping[int, Order],
    meanings: Meanings,
    today: date,
) -> Draft:
    cells = list(row.cells)
    for column in days.keys() & set(range(len(cells))):
        cells[column] = days[column].turned(cells[column])
    draft = read(tuple(cells), mapping, meanings, today)
    # A formula without a stored value is a hole in the row: better refused than half imported.
    draft.problems += [Problem(None, code) for code in HOLES if code in row.remarks]
    for column in sorted(days.keys() & set(range(len(cells)))):
        if code := days[column].remark(row.cells[column]):
            draft.remark(column, code, row.cells[column])
    if not leave_out(draft, row.cells, batch.header, mapping) and batch.kind != ImportKind.INSTITUTIONS:
        note_cells(draft, row.cells, mapping)
    return draft
