"""XLS and ODS, as calamine reads them: without hidden rows and columns, with errors as empty cells, and of ODS without
merged cells. Its own memory and time are bounded by those of the process."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ..rules.notes import HIDDEN_SHEET, note
from ..rules.table import Row
from .archives import opened, require_plain_parts
from .cells import spread, text_of
from .limits import Tally, Unreadable
from .sheets import LETTERS_LOST, LOST, Sheet

OTHER_BOOK = "other_book"  # what cannot be told of it


def read_ods(file: BinaryIO, tally: Tally) -> list[Sheet]:
    """Every visible sheet of an archive; Unreadable for what is no workbook."""
    try:
        with opened(file, tally.limits) as archive:
            require_plain_parts(archive)
    except (BadZipFile, ExpatError) as error:
        raise Unreadable("damaged") from error
    file.seek(0)
    return read_book(file, tally)


def read_book(file: BinaryIO, tally: Tally) -> list[Sheet]:
    """Every visible sheet; Unreadable for what is no workbook."""
    try:
        book = CalamineWorkbook.from_filelike(file)
        found = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        if len(found) > tally.limits.sheets:
            raise Unreadable("too_many_sheets", sheets=tally.limits.sheets)
        if not found:
            raise Unreadable("damaged")
        hidden = [note(HIDDEN_SHEET, one.name) for one in found if one.visible != SheetVisibleEnum.Visible]
        seen = [one.name for one in found if one.visible == SheetVisibleEnum.Visible]
        return [_sheet(book.get_sheet_by_name(name), tally, hidden) for name in seen]
    except PasswordError as error:
        raise Unreadable("password") from error
    except CalamineError as error:
        raise Unreadable("damaged") from error


def _sheet(sheet: CalamineSheet, tally: Tally, notes: list[str]) -> Sheet:
    grid = dict(_grid(sheet, tally))
    remarks: dict[int, set[str]] = {}
    for number, cells in grid.items():
        if any(LOST in cell for cell in cells):
            remarks[number] = {LETTERS_LOST}
    numbers = list(grid)
    before = sheet.start[1] if sheet.start else 0  # columns on the left in which there is nothing are not told
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        spread(grid, numbers, (left - before + 1, top + 1, bottom + 1), remarks, tally)
    rows = tuple(Row(number, tuple(cells), tuple(sorted(remarks.get(number, ())))) for number, cells in grid.items())
    return Sheet(sheet.name, rows, (OTHER_BOOK, *notes))


def _grid(sheet: CalamineSheet, tally: Tally) -> Iterator[tuple[int, list[str]]]:
    """Number and texts of each row with anything in it."""
    kept = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = list(map(text_of, values))
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        tally.width(len(cells))
        tally.length(kept := kept + 1)
        tally.row(cells)
        yield number, cells
