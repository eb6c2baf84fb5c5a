"""XLSX: values as text, merged cells spread over their range, formulas without a stored value remarked."""

import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from ..rules.notes import HIDDEN_COLUMN, HIDDEN_SHEET, note
from ..rules.table import Row
from .limits import Limits, Tally, Unreadable
from .sheet_xml import SheetParser, require_plain
from .sheets import LETTERS_LOST, LOST, Sheet

FORMULA_WITHOUT_VALUE = "formula_without_value"
MERGED_CELL = "merged"
HIDDEN = "hidden"
ENCRYPTED_ENTRY = 1  # flag of an entry of an archive


def read_xlsx(file: BinaryIO, tally: Tally) -> list[Sheet]:
    """Every visible sheet; Unreadable for what is no workbook."""
    try:
        with _archive(file, tally.limits) as archive:
            for entry in archive.namelist():
                if entry.endswith((".xml", ".rels")):
                    require_plain(archive, entry)
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


def _archive(file: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(file)
    entries = archive.infolist()
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked or unpacked > max(limits.plausible, limits.tightest * packed):
        raise Unreadable("too_large_inside")
    names = [entry.filename for entry in entries]
    if "content.xml" in names:
        raise Unreadable("ods")
    if "[Content_Types].xml" not in names:
        raise Unreadable("not_a_table")
    if any(entry.flag_bits & ENCRYPTED_ENTRY for entry in entries):
        raise Unreadable("password")
    if len(set(names)) < len(names):
        raise Unreadable("damaged")  # two parts of one name: programs would not agree which one counts
    return archive


def _sheet(sheet: ReadOnlyWorksheet, tally: Tally, notes: list[str]) -> Sheet:
    with sheet._get_source() as source:  # type: ignore[attr-defined]
        parser = SheetParser(source, sheet, tally.limits.deep)
        remarks: dict[int, set[str]] = {}
        grid = dict(_grid(parser, tally, remarks))
    numbers = [number for number, row in grid.items() if any(row)]
    for reference in parser.merged:
        _spread(grid, numbers, reference, remarks, tally)
    rows = tuple(Row(number, tuple(cells), tuple(sorted(remarks.get(number, ())))) for number, cells in grid.items())
    return Sheet(sheet.title, rows, (*notes, *_hidden_columns(parser.hidden_columns, grid)))


def _grid(parser: SheetParser, tally: Tally, remarks: dict[int, set[str]]) -> Iterator[tuple[int, list[str]]]:
    """Number and texts of each row with anything in it."""
    kept = 0
    for found in parser.rows():
        texts = [(column, _text(value)) for column, value in found.values]
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


def _spread(
    grid: dict[int, list[str]], numbers: list[int], reference: str, remarks: dict[int, set[str]], tally: Tally
) -> None:
    """A cell merged over rows means the same for each of them; one merged over columns is a title and stays."""
    left, top, _right, bottom = range_boundaries(reference)
    if top is None or left is None or bottom is None or bottom == top or left > len(grid.get(top, ())):
        return
    text = grid[top][left - 1]
    covered = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)] if text else []
    tally.spread(len(covered), text)
    for number in covered:
        row = grid[number]
        row += [""] * (left - len(row))
        row[left - 1] = text
        remarks.setdefault(number, set()).add(MERGED_CELL)


def _text(value: Any) -> str:
    """A value as a person would write it: days as ISO, whole numbers without ".0", yes and no as words."""
    match value:
        case None:
            return ""
        case bool():
            return "tak" if value else "nie"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            # A half of a letter, as `&#xD800;` or broken programs write it, is none.
            text = str(value).replace("\x00", "").strip()
            return text if text.isascii() else text.encode("utf-8", "replace").decode()
