"""Names that are any string, in the files that leave us: the same text, and nothing but text.

Reports as files are in tests/reports/test_exports.py.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.escape import unescape

from przystan.exchange.exports import bad_rows
from przystan.kernel.cells import BEGINS_FORMULA, plain_text

from . import books

pytestmark = pytest.mark.django_db
SOFFICE = shutil.which("soffice")
office = pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not here: apt-get install libreoffice-calc-nogui")

VALUE = re.compile(r"^([$\d][\d.,:/ eE+-]*|true|false)$", re.I)  # a text file cannot say that this is a text


def lost(written: Iterable[str], found: Iterable[Any]) -> list[str]:
    """What is in no cell, but for what a workbook cannot hold."""
    there = {books.plain(cell) for cell in found if isinstance(cell, str)}
    return [text for text in written if books.plain(text) not in there]


def test_a_workbook_holds_every_name_as_text() -> None:
    cells = list(books.by_openpyxl(books.workbook(books.report())))
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not lost(books.names(), [cell.value for cell in cells])


def test_a_text_file_holds_every_name_with_its_guard() -> None:
    cells = books.by_csv(books.text_file(books.report()))
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(BEGINS_FORMULA)]
    assert not lost(books.names(), map(plain_text, cells))


def test_no_cell_of_the_rest_is_a_formula() -> None:
    cells = list(books.by_openpyxl(bad_rows(books.rest())))
    assert {cell.data_type for cell in cells} == {"s"}
    assert not lost(books.cells(), [unescape(cell.value) for cell in cells])


@office
def test_libreoffice_reads_a_workbook_as_text(tmp_path: Path) -> None:
    assert SOFFICE
    texts, formulas = books.by_libreoffice(SOFFICE, tmp_path, "a.xlsx", books.workbook(books.report()))
    assert not formulas
    assert not lost(books.names(), texts)


@office
def test_libreoffice_reads_a_text_file_as_text(tmp_path: Path) -> None:
    assert SOFFICE
    texts, formulas = books.by_libreoffice(SOFFICE, tmp_path, "a.csv", books.text_file(books.report()))
    assert not formulas
    assert not [text for text in lost(books.names(), map(plain_text, texts)) if not VALUE.match(text)]


@office
def test_libreoffice_reads_the_rest_as_text(tmp_path: Path) -> None:
    assert SOFFICE
    texts, formulas = books.by_libreoffice(SOFFICE, tmp_path, "a.xlsx", bad_rows(books.rest()))
    assert not formulas
    assert not lost(books.cells(), texts)
