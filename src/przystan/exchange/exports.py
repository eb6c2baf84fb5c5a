"""The rows that could not be imported, with the reasons, to be mended and brought again."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from przystan.kernel.workbooks import written

from .models import ImportBatch
from .queries.preview import rows_of, sentence


def _left(batch: ImportBatch) -> Iterator[tuple[list[str], list[dict[str, Any]]]]:
    """Cells and problems of each row of the file that is left: whole, also where it is left for one of its people."""
    whole = dict(batch.rows.filter(part=0, number__in=_with_parts(batch)).values_list("number", "cells"))
    for number, people in groupby(rows_of(batch, "left").iterator(), key=lambda row: row.number):
        there = list(people)
        yield whole.get(number, there[0].cells), [found for row in there for found in row.problems]


def _with_parts(batch: ImportBatch) -> set[int]:
    return set(batch.rows.exclude(part=0).values_list("number", flat=True))


def bad_rows(batch: ImportBatch, tell: Callable[[int], None] = lambda done: None) -> bytes:
    """An XLSX with the columns of the file and one more; every cell is text, never a formula."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for column, header in enumerate([*batch.header, _("What is wrong")]):
            sheet.write_string(0, column, header)
        for line, (cells, problems) in enumerate(_left(batch), start=1):
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text)
            sheet.write_string(line, len(batch.header), "; ".join(sentence(batch, found) for found in problems))
            tell(line)

    with written(fill) as file:
        return file.read()
