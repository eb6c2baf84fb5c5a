"""XLSX files of any length: rows go to disk as they come, so a million take no more memory than a hundred."""

import re
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW, WIDE = 8, 60  # letters


def written(fill: Callable[[Any], None]) -> IO[bytes]:
    """The file of the workbook that `fill` fills, from its beginning; whoever sends it closes it.

    Where `fill` fails, or ends a work that takes too long, no row of it is left anywhere.
    """
    from xlsxwriter import Workbook  # only now: who writes none does not load it

    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed out
    try:
        with tempfile.TemporaryDirectory() as folder:
            # No name, no title, no author: properties of a document travel with it.
            options = {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd"}
            book = Workbook(file, options)
            try:
                fill(book)
            except BaseException:
                for sheet in book.worksheets():
                    sheet.row_data_fh.close()
                raise
            book.close()
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


class Page:
    """A sheet of the workbook: columns as wide as what stands in them, filters in the heading, a total below.

    `head`: the format of heading and total. `used`: names that sheets have, in small letters. `before`: the sheet that
    this one goes on from.
    """

    def __init__(
        self, book: Any, title: str, header: Sequence[str], head: Any, used: set[str], before: "Page | None" = None
    ) -> None:
        if before:
            before.end([])
        self.page, self.head, self.rows = book.add_worksheet(_tab(title, used)), head, 0
        self.widths = [0] * len(header)
        self._line(0, header, head)
        self.page.freeze_panes(1, 0)

    def write(self, row: Sequence[Any]) -> None:
        self.rows += 1
        self._line(self.rows, row)

    def end(self, total: Sequence[Any]) -> None:
        """Nothing can be written after; what filters leave out, the total still holds."""
        self.page.autofilter(0, 0, self.rows, len(self.widths) - 1)
        self._line(self.rows + 1, total, self.head)
        for column, width in enumerate(self.widths):
            self.page.set_column(column, column, min(max(width + 2, NARROW), WIDE))

    def _line(self, line: int, row: Sequence[Any], format: Any = None) -> None:
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
