"""Somebody's month of hours as a file. No cell can become a formula."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from przystan.kernel.cells import csv_text
from przystan.kernel.workbooks import written
from przystan.reference.cldr import language_name

from .models import Hour, Worker
from .queries import total_of

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Cell = str | int


def header() -> list[str]:
    return [
        *(_("Day"), _("From"), _("To"), _("Minutes"), _("What"), _("Language"), _("How"), _("For which colleague")),
        *(_("For which point"), _("Confirmed")),
    ]


def lines(worker: Worker, rows: Sequence[Hour]) -> Iterator[list[Cell]]:
    """A line for each entry, counter-entries with negative minutes; then the totals."""
    for row in rows:
        yield [
            row.day.isoformat(),
            f"{row.starts:%H:%M}" if row.starts else "",
            f"{row.ends:%H:%M}" if row.ends else "",
            row.signed,
            row.get_task_display(),
            language_name(row.language) if row.language else "",
            row.get_mode_display(),
            row.for_user.full_name if row.for_user else "",
            row.for_point.name if row.for_point else "",
            _confirmed(row, worker),
        ]
    found = total_of(rows)
    yield [_("Confirmed"), "", "", found.confirmed]
    yield [_("Waits"), "", "", found.waiting]
    yield [_("Together"), "", "", found.all]


def _confirmed(row: Hour, worker: Worker) -> str:
    if row.confirmed_at is None:
        return _("not yet")
    return row.confirmed_by.full_name if row.confirmed_by else worker.name


def xlsx(worker: Worker, rows: Sequence[Hour]) -> IO[bytes]:
    """A workbook of one sheet; whose month it is stands in its first line."""
    return written(lambda book: _fill(book, worker, rows))


def _fill(book: Any, worker: Worker, rows: Sequence[Hour]) -> None:
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.write_string(0, 0, worker.name, bold)
    for column, title in enumerate(header()):
        sheet.write_string(1, column, title, bold)
    for number, line in enumerate(lines(worker, rows), start=2):
        for column, value in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, value)


def csv_file(worker: Worker, rows: Sequence[Hour]) -> IO[bytes]:
    """UTF-8 with a byte order mark and semicolons, as Excel in Polish reads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([csv_text(worker.name)])
    writer.writerow([csv_text(title) for title in header()])
    for line in lines(worker, rows):
        writer.writerow([value if isinstance(value, int) else csv_text(value) for value in line])
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))
