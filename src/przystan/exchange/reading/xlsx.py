"""XLSX: values as text, merged cells spread over their range, formulas without a stored value remarked."""

from collections.abc import Iterator
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from ..rules.notes import HIDDEN_COLUMN, HIDDEN_SHEET, note
from ..rules.table import Row
from .archives import opened, require_plain_parts
from .cells import spread, text_of
from .limits import Tally, Unreadable
from .sheet_xml import SheetParser
from .sheets import LETTERS_LOST, LOST, Sheet

FORMULA_WITHOUT_VALUE = "formula_without_value"
HIDDEN = "hidden"


def read_xlsx(file: BinaryIO, tally: Tally) -> list[Sheet]:
    """Every visible sheet; Unreadable for what is no workbook."""
    try:
        with opened(file, tally.limits) as archive:
            require_plain_parts(archive)
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            if len(workbook.worksheets) > tally.limits.sheets:
                raise Unreadable("too_many_sheets", sheets=tally.limits.sheets)
            if not workbook.worksheets:
                raise Unreadable("damaged")
            hidden = [
                note(HIDDEN_SHEET, sheet.title) for sheet in workbook.worksheets if sheet.sheet_state != "visible"
            ]
            seen = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            return [_sheet(sheet, tally, hidden) for sheet in seen]
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever the broken XML makes it raise
        raise Unreadable("damaged") from error


def _sheet(sheet: ReadOnlyWorksheet, tally: Tally, notes: list[str]) -> Sheet:
    with sheet._get_source() as source:  # type: ignore[attr-defined]
        parser = SheetParser(source, sheet, tally.limits.deep)
        remarks: dict[int, set[str]] = {}
        grid = dict(_grid(parser, tally, remarks))
    numbers = [number for number, row in grid.items() if any(row)]
    for reference in parser.merged:
        left, top, _right, bottom = range_boundaries(reference)
        if left and top and bottom:
            spread(grid, numbers, (left, top, bottom), remarks, tally)
    rows = tuple(Row(number, tuple(cells), tuple(sorted(remarks.get(number, ())))) for number, cells in grid.items())
    return Sheet(sheet.title, rows, (*notes, *_hidden_columns(parser.hidden_columns, grid)))


def _grid(parser: SheetParser, tally: Tally, remarks: dict[int, set[str]]) -> Iterator[tuple[int, list[str]]]:
    """Number and texts of each row with anything in it."""
    kept = 0
    for found in parser.rows():
        texts = [(column, text_of(value)) for column, value in found.values]
        width = max((column for column, text in texts if text), default=0)
        if found.formula_without_value:
            remarks.setdefault(found.number, set()).add(FORMULA_WITHOUT_VALUE)
        elif not width:
            continue
        tally.width(width)
        tally.length(kept := kept + 1)
        cells = [""] * width
        for column, text in texts:
            if text:
                cells[column - 1] = text
        tally.row(cells)
        if found.hidden:
            remarks.setdefault(found.number, set()).add(HIDDEN)
        if any(LOST in cell for cell in cells):
            remarks.setdefault(found.number, set()).add(LETTERS_LOST)
        yield found.number, cells


def _hidden_columns(spans: list[tuple[int, int]], grid: dict[int, list[str]]) -> list[str]:
    """A note for each hidden column in which there is something, by its letter."""
    filled = {number for row in grid.values() for number, text in enumerate(row, start=1) if text} if spans else set()
    hidden = {number for number in filled if any(first <= number <= last for first, last in spans)}
    return [note(HIDDEN_COLUMN, get_column_letter(number)) for number in sorted(hidden)]
