"""The rows that could not be imported, with the reasons, to be mended and brought again."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from przystan.kernel.workbooks import written

from .models import ImportBatch
from .queries.preview import rows_of, sentence


def bad_rows(batch: ImportBatch, tell: Callable[[int], None] = lambda done: None) -> bytes:
    """An XLSX with the columns of the file and one more; every cell is text, never a formula."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for column, header in enumerate([*batch.header, _("What is wrong")]):
            sheet.write_string(0, column, header)
        for line, row in enumerate(rows_of(batch, "left").iterator(), start=1):
            for column, text in enumerate(row.cells):
                sheet.write_string(line, column, text)
            sheet.write_string(line, len(batch.header), "; ".join(sentence(batch, found) for found in row.problems))
            tell(line)

    with written(fill) as file:
        return file.read()
