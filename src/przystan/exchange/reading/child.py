"""The program that reads one file, alone and without rights: przystan.kernel.apart starts it."""

import codecs
import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from przystan.kernel.apart import child
from przystan.kernel.text import tidy

from ..rules.table import HEADER_SEARCHED, NoTable, Row, plain, table_of
from .archives import ODS_TYPE
from .files import OLE, ZIP, read_sheets
from .letters import ENCODINGS
from .limits import Limits, Unreadable
from .sheets import Sheet

NAMES_IN_ARCHIVES = "cp437"


def work(order: dict[str, Any], file: BinaryIO) -> Iterator[dict[str, Any] | list[Any]]:
    """First what the table is, then each row as [number, cells, remarks]; or why it cannot be read.

    `order`: limits, the headers that are known, and the name of the sheet that is wanted (None: the likeliest).
    """
    try:
        sheets = read_sheets(file, Limits(**order["limits"]))
        known = frozenset(order["known"])
        sheet = next((one for one in sheets if one.name == order["sheet"]), None) or likeliest(sheets, known)
        table = table_of([_tidy(row) for row in sheet.rows], known, sheet.notes)
    except Unreadable as unreadable:
        yield {"refused": unreadable.code, "details": unreadable.details}
        return
    except NoTable as nothing:
        yield {"refused": nothing.args[0], "details": {}}
        return
    yield {
        "sheet": sheet.name,
        "sheets": [one.name for one in sheets if one.name],
        "header": table.header,
        "rows": len(table.rows),
        "empty_rows": table.empty_rows,
        "hidden_rows": sum("hidden" in row.remarks for row in table.rows),
        "notes": table.notes,
    }
    for row in table.rows:
        yield [row.number, row.cells, row.remarks]


def _tidy(row: Row) -> Row:
    """With composed letters, and nothing unseen between them."""
    return Row(row.number, tuple(map(tidy, row.cells)), row.remarks)


def likeliest(sheets: Iterable[Sheet], known: frozenset[str]) -> Sheet:
    """The sheet in whose first rows most headers are known: others hold notes or lists of words."""

    def score(sheet: Sheet) -> int:
        return max(sum(plain(tidy(cell)) in known for cell in row.cells) for row in sheet.rows[:HEADER_SEARCHED])

    return max(sheets, key=score)


def prepare(beginning: bytes) -> None:
    """Load encodings, and for a workbook its library, with all that openpyxl loads late."""
    for encoding in [*ENCODINGS, NAMES_IN_ARCHIVES]:
        codecs.lookup(encoding)
    if beginning.startswith(OLE) or ODS_TYPE in beginning:
        from . import other_books  # noqa: F401 - later it could not be loaded
    elif beginning.startswith(ZIP):
        _prepare_openpyxl()


def _prepare_openpyxl() -> None:
    from openpyxl import Workbook, load_workbook

    from . import xlsx  # noqa: F401 - later it could not be loaded

    book = io.BytesIO()
    Workbook().save(book)
    load_workbook(book, read_only=True)


if __name__ == "__main__":
    child.serve(work, prepare)
