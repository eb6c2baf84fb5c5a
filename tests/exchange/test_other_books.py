"""XLS and ODS are read as they are, within the limits of all other files."""

import io
import zipfile
from pathlib import Path

import pytest

from przystan.exchange.reading import Unreadable, files
from przystan.exchange.reading.archives import ODS_TYPE
from przystan.exchange.reading.limits import Limits
from przystan.exchange.reading.sheets import Sheet

CLIENTS = (Path(__file__).parent / "files" / "clients.xls").read_bytes()  # as a spreadsheet program wrote it
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows: str, mimetype: bytes = ODS_TYPE, before: str = "", **more: bytes) -> bytes:
    out = io.BytesIO()
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content {NAMES}><office:body><office:spreadsheet>'
        f'<table:table table:name="Ludzie">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
        for name, part in more.items():
            archive.writestr(f"{name}.xml", part)
    return out.getvalue()


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def read(content: bytes, **limits: int) -> list[Sheet]:
    return files.read_sheets(io.BytesIO(content), Limits(**limits))


def test_an_old_workbook_is_read_with_days_numbers_and_merged_cells():
    sheets = read(CLIENTS)
    assert [sheet.name for sheet in sheets] == ["Klienci", "2020"]
    assert sheets[0].notes == ("other_book", "hidden_sheet:tajne")
    assert [(one.number, one.cells) for one in sheets[0].rows][1:] == [
        (3, ("Imię", "Nazwisko", "Data ur.", "Telefon", "Uwagi", "Aktywny")),
        (4, ("Олена", "Коваленко", "1990-05-03", "600100200", "x", "tak")),
        (5, ("Łucja", "Żądło", "1985", "48600100201", "", "nie")),
        (6, ("Ala", "Kot", "1991-02-03 10:30", "600 100 203", "1.5")),
        (7, ("", "Kot", "", "", "2")),
    ]
    assert sheets[0].rows[-1].remarks == ("merged",)


def test_an_opendocument_table_is_read():
    born = cell("3.05.90", 'office:value-type="date" office:date-value="1990-05-03"')
    number = cell("600 100 200", 'office:value-type="float" office:value="600100200"')
    sheet = read(ods(row(cell("Imię"), cell("Ur."), cell("Tel.")) + row(repeated=3) + row(cell("Ała"), born, number)))[
        0
    ]
    assert [(one.number, one.cells) for one in sheet.rows] == [
        (1, ("Imię", "Ur.", "Tel.")),
        (5, ("Ała", "1990-05-03", "600100200")),
    ]


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        (CLIENTS, {"columns": 5}, "too_wide"),
        (CLIENTS, {"rows": 4}, "too_long"),
        (CLIENTS, {"cells": 9}, "too_full"),
        (CLIENTS, {"sheets": 2}, "too_many_sheets"),
        (CLIENTS[:3000], {}, "damaged"),
        (CLIENTS[:600], {}, "damaged"),
        (ods(row(cell("x" * 40))), {"cell": 30}, "long_cell"),
        (ods(row(cell("x")), mimetype=ODS_TYPE.replace(b"spreadsheet", b"text")), {}, "not_a_table"),
        (ods(row(cell("x")), before='<!DOCTYPE x [<!ENTITY a "b">]>'), {}, "document_type"),
        (ods("<table:table-row>"), {}, "damaged"),
        (ods(row(cell("x")), zeros=bytes(60 * 1024 * 1024)), {}, "too_large_inside"),
    ],
    ids=["wide", "long", "full", "sheets", "cut", "cut short", "cell", "text", "doctype", "broken", "bomb"],
)
def test_limits_are_those_of_every_file(content, limits, code):
    with pytest.raises(Unreadable) as refusal:
        read(content, **limits)
    assert refusal.value.code == code
