"""The rows that could not be imported, with the reasons, to be mended and brought again."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from .models import ImportBatch
from .queries.preview import rows_of, sentence


def bad_rows(batch: ImportBatch) -> bytes:
    """An XLSX with the columns of the file and one more; every cell is text, never a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for column, header in enumerate([*batch.header, _("What is wrong")]):
            sheet.write_string(0, column, header)
        for line, row in enumerate(rows_of(batch, "left").iterator(), start=1):
            for column, text in enumerate(row.cells):
                sheet.write_string(line, column, text)
            sheet.write_string(line, len(batch.header), "; ".join(sentence(batch, found) for found in row.problems))
    return out.getvalue()
