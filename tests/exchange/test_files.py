"""Files as they come: each that cannot be read is refused in one sentence, with nothing kept."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from przystan.exchange.reading import Unreadable, files
from przystan.exchange.reading.files import ENCRYPTED, OLE
from przystan.exchange.reading.limits import Limits
from przystan.exchange.reading.sheets import Sheet
from przystan.exchange.rules import columns
from przystan.exchange.rules.table import NoTable, table_of
from przystan.exchange.wording import FILES
from przystan.reference.shipped import shipped

PEOPLE = shipped("exchange", "columns")["people"]


def read_sheets(content: bytes, **limits: int) -> list[Sheet]:
    """In this process, to see exactly what is found; the way through a process apart is in test_uploads.py."""
    return files.read_sheets(io.BytesIO(content), Limits(**limits))


def xlsx(change) -> bytes:
    book = Workbook()
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (401 * 1024 * 1024))
    return out.getvalue()


def a_zip(name: str = "letter.txt", size: int = 5) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n;;\n", "empty"),
        (OLE + ENCRYPTED, "password"),
        (OLE + b"Workbook", "damaged"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (a_zip(), "not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_table"),
        (bomb(), "too_large_inside"),
        (a_zip("xl/worksheets/sheet1.xml", 60 * 1024 * 1024), "too_large_inside"),
        (a_zip("content.xml"), "not_a_table"),
        (b"%PDF-1.4\n1 0 obj", "not_a_table"),
        (b"\n<html><table><tr><td>Jan</td></tr></table></html>", "not_a_table"),
        (b'Klient;Uwagi\nJan;"nie\nAnna;x\n', "quotes"),
        (b"a;b\n" * 200_001, "too_long"),
        (xlsx(lambda book: None), "empty"),
        (xlsx(lambda book: book.active.cell(1, 501, "x")), "too_wide"),
        ((";".join("x" for _ in range(501))).encode(), "too_wide"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_cannot_be_read_is_said(content, code):
    with pytest.raises(Unreadable) as refusal:
        read_sheets(content)
    assert refusal.value.code == code
    assert str(FILES[code])


def test_two_hundred_columns_are_read():
    sheet = read_sheets(xlsx(lambda book: book.active.append([f"c{n}" for n in range(200)])))[0]
    assert len(sheet.rows[0].cells) == 200


def test_a_cell_merged_over_rows_means_each_of_them():
    def merged(book):
        for row in [["Nazwisko", "Imię"], ["Bondar", "Ira"], [None, "Oleh"], [None, "Lew"]]:
            book.active.append(row)
        book.active.merge_cells("A2:A4")

    rows = read_sheets(xlsx(merged))[0].rows
    assert [row.cells[0] for row in rows[1:]] == ["Bondar"] * 3
    assert rows[2].remarks == ("merged",)


def test_a_merged_cell_at_the_end_of_shorter_rows_is_spread_too():
    def fill(book):
        for row in (["Jan", "FAMI"], ["Anna"]):
            book.active.append(row)
        book.active.merge_cells("B1:B2")

    assert [row.cells for row in read_sheets(xlsx(fill))[0].rows] == [("Jan", "FAMI"), ("Anna", "FAMI")]


def test_a_formula_without_a_stored_value_is_remarked():
    def formula(book):
        book.active.append(["Imię", "Wiek"])
        book.active.append(["Ala", "=2026-1990"])

    assert read_sheets(xlsx(formula))[0].rows[1].remarks == ("formula_without_value",)


def test_hidden_sheets_stay_hidden_and_each_visible_one_can_be_chosen():
    def sheets(book):
        book.active.title = "2019"
        book.active.append(["Imię"])
        book.create_sheet("2020").append(["Imię"])
        book.create_sheet("tajne").append(["Imię"])
        book["tajne"].sheet_state = "hidden"

    assert [sheet.name for sheet in read_sheets(xlsx(sheets))] == ["2019", "2020"]


def test_what_is_hidden_is_said():
    def hide(book):
        book.create_sheet("tajne").sheet_state = "hidden"
        for row in [["Imię", "x", "PESEL"], ["Ala", "", "1"], ["Ola", "", "2"]]:
            book.active.append(row)
        book.active.row_dimensions[3].hidden = True
        for letter in "BCD":
            book.active.column_dimensions[letter].hidden = True

    sheet = read_sheets(xlsx(hide))[0]
    assert sheet.notes == ("hidden_sheet:tajne", "hidden_column:B", "hidden_column:C")
    assert [row.remarks for row in sheet.rows] == [(), (), ("hidden",)]


def test_our_own_exports_come_back_unharmed():
    rows = read_sheets(b"telefon;uwagi\n'+48600100200;'=1+1\n")[0].rows
    assert rows[1].cells == ("+48600100200", "=1+1")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_separator_is_found(delimiter):
    text = delimiter.join(["Imię", "Nazwisko", "Tel."]) + "\n" + delimiter.join(["Ala", "Nowak; Kot", "1"])
    assert len(read_sheets(text.encode())[0].rows[0].cells) == 3


def test_headers_are_found_below_a_title_and_named_once():
    rows = read_sheets("Lista klientów 2019;;\n;;\nImię;Nazwisko;tel.\nA;B;1\n;;\nC;D;2\n".encode())[0].rows
    table = table_of(rows, columns.known(PEOPLE))
    assert (table.header, table.empty_rows) == (("Imię", "Nazwisko", "tel."), 1)
    assert [row.number for row in table.rows] == [4, 6]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Data ur.", "birth"),
        ("DATA URODZENIA", "birth"),
        ("Imię i nazwisko", "name"),
        ("Tel. kom.", "phone"),
        ("Obywatelstwo 2", "citizenship"),
        ("First name", "given"),
        ("Status pobytu", "title"),
        ("Data urodzenia (rrrr-mm-dd)", "birth"),
    ],
)
def test_headers_are_recognised(header, field):
    assert columns.guess([header], PEOPLE) == {0: field}


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fall(content):
    try:
        for sheet in read_sheets(content):
            table_of(sheet.rows, frozenset())
    except (Unreadable, NoTable):
        pass
