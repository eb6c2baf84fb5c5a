"""Every row read by itself, with what only its column and its file tell."""

from collections.abc import Mapping, Sequence
from datetime import date

from ..enums import ImportKind
from ..models import ImportBatch, ImportRow
from ..queries.words import Meanings
from ..rules.day_first import Order, orders
from ..rules.ditto import as_above, names_as_above
from ..rules.drafts import Draft, Problem
from ..rules.nobody import leave_out, note_cells
from .matching import Reader, reader_of

SHARED = ("point",)  # that a row says of all who stand in it
HOLES = ("formula_without_value", "letters_lost")  # remarks on rows of which a part is missing


def understand(
    batch: ImportBatch, rows: Sequence[ImportRow], meanings: Meanings, today: date
) -> tuple[list[ImportRow], list[Draft]]:
    """The rows, and what each says; rows about nobody are marked to be left out. Whoever stands in the row of somebody
    else gets a row after it, which is not saved yet."""
    mapping = {int(column): field for column, field in batch.mapping.items()}
    read, days = reader_of(batch), orders([row.cells for row in rows], mapping)
    everybody, drafts = [], []
    above: list[str] = []
    for row in rows:
        taken = as_above(row.cells, above, mapping)
        cells = [taken.get(column, text) for column, text in enumerate(row.cells)]
        draft = _understood(batch, row, cells, mapping, read, days, meanings, today)
        for column, text in taken.items():
            draft.remark(column, "as_above", text)
        above = above if draft.left_out else cells
        everybody += [row, *parts_of(row, draft)]
        drafts += [draft, *(one.draft for one in draft.relatives)]
    return everybody, drafts


def parts_of(row: ImportRow, draft: Draft) -> list[ImportRow]:
    """A row for each relative in this one, with the cell that tells of them."""
    made = []
    for part, one in enumerate(draft.relatives, start=1):
        cells = [""] * len(row.cells)
        cells[one.column] = one.text
        made.append(ImportRow(batch_id=row.batch_id, number=row.number, part=part, cells=cells))
        one.draft.entry |= {name: draft.entry[name] for name in SHARED if name in draft.entry}
        one.draft.left_out = draft.left_out
    return made


def _understood(
    batch: ImportBatch,
    row: ImportRow,
    cells: Sequence[str],
    mapping: Mapping[int, str],
    read: Reader,
    days: Mapping[int, Order],
    meanings: Meanings,
    today: date,
) -> Draft:
    """`cells`: what stands in the row, with what is meant by "as above"."""
    turned = [days[column].turned(text) if column in days else text for column, text in enumerate(cells)]
    draft = read(tuple(turned), mapping, meanings, today)
    # A formula without a stored value is a hole in the row: better refused than half imported.
    draft.problems += [Problem(None, code) for code in HOLES if code in row.remarks]
    draft.problems += [Problem(column, "name_as_above", row.cells[column]) for column in names_as_above(cells, mapping)]
    for column in sorted(days.keys() & set(range(len(cells)))):
        if code := days[column].remark(cells[column]):
            draft.remark(column, code, cells[column])
    if not leave_out(draft, row.cells, batch.header, mapping) and batch.kind != ImportKind.INSTITUTIONS:
        note_cells(draft, row.cells, mapping)
    return draft
