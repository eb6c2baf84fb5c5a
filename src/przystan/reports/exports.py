"""Reports as files. No cell can become a formula: text is written as text (XLSX) or guarded (CSV, `kernel.cells`)."""

import csv
import io
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _

from przystan.kernel.cells import csv_text
from przystan.kernel.workbooks import written

from .enums import Separator, Table
from .queries import Report, Row, Sheet, sheets

SHEET_ROWS = 1_000_000  # a sheet holds 48,576 more
NARROW, WIDE = 8, 60  # letters
LONGEST_NAME = 60
TELL_EVERY = 20
Tell = Callable[[int], None]
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def size(report: Report, table: Table | None) -> int:
    """About how many rows the file will have."""
    lists = sum(len(found) for _indicator, found in report.lists()) if table in (None, Table.LISTS) else 0
    return lists + len(report.lines)


def xlsx(report: Report, tell: Tell = lambda done: None) -> IO[bytes]:
    """A workbook with all tables."""
    return written(lambda book: _fill(book, report, tell))


def _fill(book: Any, report: Report, tell: Tell) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    count, used = 0, set[str]()
    for sheet in sheets(report):
        page, total = None, Counter[int]()
        summed = [column for column, title in enumerate(sheet.header) if title in sheet.summed]
        for row in sheet.rows:
            if page is None or page.rows >= SHEET_ROWS:
                page = _Page(book, sheet, head, used, page)
            page.write(row)
            total.update({column: row[column] or 0 for column in summed})
            count += 1
            if count % TELL_EVERY == 0:
                tell(count)
        page = page or _Page(book, sheet, head, used)
        below = [total.get(column) for column in range(1, len(sheet.header))]
        page.end([_("Total"), *below] if summed and page.rows else [])


class _Page:
    """A sheet of the workbook: columns as wide as what stands in them, filters in the heading, a total below."""

    def __init__(self, book: Any, sheet: Sheet, head: Any, used: set[str], before: "_Page | None" = None) -> None:
        if before:
            before.end([])
        self.page, self.head, self.rows = book.add_worksheet(_tab(sheet.title, used)), head, 0
        self.widths = [0] * len(sheet.header)
        self._line(0, sheet.header, head)
        self.page.freeze_panes(1, 0)

    def write(self, row: Row) -> None:
        self.rows += 1
        self._line(self.rows, row)

    def end(self, total: Row) -> None:
        """Nothing can be written after; what filters leave out, the total still holds."""
        self.page.autofilter(0, 0, self.rows, len(self.widths) - 1)
        self._line(self.rows + 1, total, self.head)
        for column, width in enumerate(self.widths):
            self.page.set_column(column, column, min(max(width + 2, NARROW), WIDE))

    def _line(self, line: int, row: Row, format: Any = None) -> None:
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            self.widths[column] = max(self.widths[column], len(str(value)))
            if isinstance(value, date):
                self.page.write_datetime(line, column, value)
            elif isinstance(value, int | Decimal):
                self.page.write_number(line, column, value, format)
            else:
                self.page.write_string(line, column, _visible(str(value)), format)


def _tab(title: str, used: set[str]) -> str:
    """A name that a workbook takes: 31 letters, none of []:*?/\\ and no apostrophe at the ends, each once."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip("' ") or "-"
    name, number = plain[:31].rstrip("' "), 2
    while name.lower() in used:
        name, number = f"{plain[:26]} ({number})", number + 1
    used.add(name.lower())
    return name


def _visible(text: str) -> str:
    """Without what XML cannot hold, and no longer than a cell."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)[:32_000]


def csv_file(report: Report, table: Table, separator: Separator, tell: Tell = lambda done: None) -> IO[bytes]:
    """One table as UTF-8 with a byte order mark, so that Excel knows the letters."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        _write_csv(file, report, table, separator, tell)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write_csv(file: IO[bytes], report: Report, table: Table, separator: Separator, tell: Tell) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter="\t" if separator == Separator.TAB else str(separator), lineterminator="\r\n")
    try:
        for count, row in enumerate(_lines(report, table)):
            writer.writerow([_plain(value, separator) for value in row])
            if count % TELL_EVERY == 0:
                tell(count)
    finally:
        text.detach()


def _lines(report: Report, table: Table) -> Iterator[Row]:
    for sheet in sheets(report, table):
        yield list(sheet.header)
        yield from sheet.rows


def _plain(value: Any, separator: Separator) -> str:
    """Excel in Polish, which wants semicolons, would take "12.5" for the twelfth of May."""
    if value is None:
        return ""
    if isinstance(value, Decimal) and separator == Separator.SEMICOLON:
        return str(value).replace(".", ",")
    return csv_text(value) if isinstance(value, str) else str(value)


def file_name(report: Report, extension: str) -> str:
    """Says what it is: programme and period, never about whom."""
    programme = re.sub(r"[^\w-]+", "_", report.programme.name).strip("_")[:LONGEST_NAME]
    return f"{'_'.join(filter(None, [_('report'), programme, report.period.code]))}.{extension}"
