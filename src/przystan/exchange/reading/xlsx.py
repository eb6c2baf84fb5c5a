"""XLSX: values as text, merged cells spread over their range, formulas without a stored value remarked."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from ..rules.table import Row
from .csv_text import MOST_COLUMNS, MOST_ROWS
from .files import Sheet, Unreadable

MOST_UNPACKED = 400 * 1024 * 1024  # a spreadsheet of 100,000 rows is some 60 MB; a zip bomb is more
PLAUSIBLE = 50 * 1024 * 1024  # from here on what is packed tighter than any real table is taken for a bomb
TIGHTEST = 100  # bytes unpacked of one byte in the file
MERGED = re.compile(rb'<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')
EMPTY_FORMULA = re.compile(rb'<c r="[A-Z]+(\d+)"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>')
HIDDEN_ROW = re.compile(rb'<row\s[^>]*?\bhidden="(?:1|true)"[^>]*>')
ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
HIDDEN_COLUMNS = re.compile(rb'<col\s[^>]*?\bhidden="(?:1|true)"[^>]*>')
FROM_TO = re.compile(rb'\s(min|max)="(\d+)"')
FORMULA_WITHOUT_VALUE = "formula_without_value"
MERGED_CELL = "merged"
HIDDEN = "hidden"


def read_xlsx(content: bytes) -> list[Sheet]:
    """Every visible sheet; Unreadable for what is no workbook."""
    archive = _archive(content)
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        hidden = [f"hidden_sheet:{sheet.title}" for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
        seen = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        return [_sheet(sheet, archive, hidden) for sheet in seen]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever the broken XML makes it raise
        raise Unreadable("damaged") from error


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise Unreadable("damaged") from error
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MOST_UNPACKED or unpacked > max(PLAUSIBLE, TIGHTEST * len(content)):
        raise Unreadable("too_large_inside")
    if "content.xml" in archive.namelist():
        raise Unreadable("ods")
    if "[Content_Types].xml" not in archive.namelist():
        raise Unreadable("not_a_table")
    return archive


def _sheet(sheet: ReadOnlyWorksheet, archive: zipfile.ZipFile, notes: list[str]) -> Sheet:
    raw = archive.read(sheet._worksheet_path.lstrip("/"))  # type: ignore[attr-defined]
    sheet.reset_dimensions()
    grid = [_texts(values) for values in _values(sheet)]
    remarks: dict[int, set[str]] = {}
    for number in EMPTY_FORMULA.findall(raw):
        remarks.setdefault(int(number), set()).add(FORMULA_WITHOUT_VALUE)
    for number in _hidden_rows(raw):
        remarks.setdefault(number, set()).add(HIDDEN)
    for reference in MERGED.findall(raw):
        _spread(grid, reference.decode(), remarks)
    rows = tuple(
        Row(number, tuple(cells), tuple(sorted(remarks.get(number, ())))) for number, cells in enumerate(grid, start=1)
    )
    return Sheet(sheet.title, rows, (*notes, *_hidden_columns(raw, grid)))


def _hidden_rows(raw: bytes) -> list[int]:
    """Numbers of rows that a spreadsheet program does not show: hidden by hand or by a filter."""
    numbers = [ROW_NUMBER.search(tag) for tag in HIDDEN_ROW.findall(raw)]
    return [int(match[1]) for match in numbers if match]


def _hidden_columns(raw: bytes, grid: list[list[str]]) -> list[str]:
    """A note for each hidden column in which there is something, by its letter."""
    spans = [{name: int(text) for name, text in FROM_TO.findall(tag)} for tag in HIDDEN_COLUMNS.findall(raw)]
    hidden = {number for span in spans for number in range(span[b"min"], min(span[b"max"], MOST_COLUMNS) + 1)}
    filled = {number for row in grid for number, text in enumerate(row, start=1) if text} if hidden else set()
    return [f"hidden_column:{get_column_letter(number)}" for number in sorted(hidden & filled)]


def _values(sheet: ReadOnlyWorksheet) -> Iterable[tuple[Any, ...]]:
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):  # type: ignore[misc]
        if number > MOST_ROWS:
            raise Unreadable("too_long", rows=MOST_ROWS)
        if len(values) > MOST_COLUMNS:
            if any(value is not None for value in values[MOST_COLUMNS:]):
                raise Unreadable("too_wide", columns=MOST_COLUMNS)
            values = values[:MOST_COLUMNS]
        yield values


def _spread(grid: list[list[str]], reference: str, remarks: dict[int, set[str]]) -> None:
    """A cell merged over rows means the same for each of them; one merged over columns is a title and stays."""
    left, top, _right, bottom = range_boundaries(reference)
    if top is None or left is None or bottom is None or bottom == top or top > len(grid) or left > len(grid[top - 1]):
        return
    text = grid[top - 1][left - 1]
    for number in range(top + 1, min(bottom, len(grid)) + 1):
        row = grid[number - 1]
        if text and any(cell for cell in row):
            row += [""] * (left - len(row))
            row[left - 1] = text
            remarks.setdefault(number, set()).add(MERGED_CELL)


def _texts(values: tuple[Any, ...]) -> list[str]:
    return [_text(value) for value in values]


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
            return str(value).replace("\x00", "").strip()
