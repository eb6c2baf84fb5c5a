"""Reports as files. No cell can become a formula: text is written as text (XLSX) or guarded (CSV, `kernel.cells`)."""

import csv
import io
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _

from przystan.kernel.cells import csv_text
from przystan.kernel.workbooks import XLSX, Page, written

from .enums import Separator, Table
from .queries import Report, Row, sheets

SHEET_ROWS = 1_000_000  # a sheet holds 48,576 more
LONGEST_NAME = 60
TELL_EVERY = 20
Tell = Callable[[int], None]
TYPES = {
    "xlsx": XLSX,
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
                page = Page(book, sheet.title, sheet.header, head, used, page)
            page.write(row)
            total.update({column: row[column] or 0 for column in summed})
            count += 1
            if count % TELL_EVERY == 0:
                tell(count)
        page = page or Page(book, sheet.title, sheet.header, head, used)
        below = [total.get(column) for column in range(1, len(sheet.header))]
        page.end([_("Total"), *below] if summed and page.rows else [])


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
