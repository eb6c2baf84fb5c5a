"""The XML of one sheet, element by element and by namespace: whatever prefix a program gave to it, in flat memory."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from .limits import Unreadable

MERGED_TAG = f"{{{SHEET_MAIN_NS}}}mergeCell"
LAST_ROW = 1_048_576  # of a sheet, in any program
YES = ("1", "true")
CHUNK = 65536


@dataclass
class FoundRow:
    """One row: (column, value) of its cells, from column 1 on."""

    number: int
    hidden: bool
    values: list[tuple[int, Any]]
    formula_without_value: bool


class SheetParser(WorkSheetParser):
    """openpyxl's reading of cells, without its reading of everything else that a sheet may hold.

    After `rows` has ended, `merged` has the references of merged cells, `hidden_columns` first and last of each span.
    """

    def __init__(self, source: Any, sheet: ReadOnlyWorksheet, deep: int):
        book: Any = sheet.parent
        super().__init__(
            source,
            sheet._shared_strings,  # type: ignore[attr-defined]
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.deep = deep
        self.merged: list[str] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.formula_without_value = False

    def rows(self) -> Iterator[FoundRow]:
        """Each row, in order. Unreadable when rows are out of order, or elements lie too deep in each other."""
        last, above, in_row = 0, [], False
        for event, element in iterparse(self.source, ["start", "end"]):
            if event == "start":
                above.append(element)
                in_row = in_row or element.tag == ROW_TAG
                if len(above) > self.deep:
                    raise Unreadable("damaged")
                continue
            above.pop()
            if element.tag == ROW_TAG:
                in_row = False
                found = self._row(element)
                if not last < found.number <= LAST_ROW:
                    raise Unreadable("damaged")
                last = found.number
                yield found
            elif element.tag == MERGED_TAG:
                self.merged.append(element.get("ref", ""))
            elif element.tag == COL_TAG and element.get("hidden") in YES:
                self.hidden_columns.append((int(element.get("min", 1)), int(element.get("max", 1))))
            if above and not in_row:
                above[-1].remove(element)  # what was read is forgotten: the tree does not grow

    def _row(self, element: Any) -> FoundRow:
        self.formula_without_value = False
        number, cells = self.parse_row(element)
        self.row_dimensions.clear()
        values = [(cell["column"], cell["value"]) for cell in cells if cell["value"] is not None]
        return FoundRow(number, element.get("hidden") in YES, values, self.formula_without_value)

    def parse_cell(self, element: Any) -> Any:
        """As openpyxl; a formula whose result is not stored is noted."""
        if element.find(FORMULA_TAG) is not None and not element.findtext(VALUE_TAG):
            self.formula_without_value = True
        return super().parse_cell(element)


def require_plain(archive: zipfile.ZipFile, name: str) -> None:
    """Unreadable when a part begins with a document type: no spreadsheet program writes one, entity bombs need one."""
    parser, over = expat.ParserCreate(), False

    def begun(*_: Any) -> None:
        nonlocal over
        over = True

    def refused(*_: Any) -> None:
        raise Unreadable("document_type")

    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = refused
    with archive.open(name) as part:
        while not over and (chunk := part.read(CHUNK)):
            parser.Parse(chunk)
