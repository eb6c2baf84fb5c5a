"""Files that nobody should send, made by code. Of each: how it is made, and what becomes of it.

`GOOD` are read; of the others the code of the sentence (exchange.wording) that their page shows. bench/uploads.py sends
all of them to a centre that is served.
"""

import base64
import gzip
import io
import zipfile
from collections.abc import Callable, Iterable
from copy import copy
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import Workbook

from .test_other_books import CLIENTS, cell, ods, row

GOOD = "good"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
HEADER = "<row r='1'><c r='A1' t='inlineStr'><is><t>Imię i nazwisko</t></is></c></row>"
OLENA = "<row r='2'><c r='A2' t='inlineStr'><is><t>Olena Bondar</t></is></c></row>"
CSV = "Imię;Nazwisko;Miejscowość\nŻaneta;Łęcka;Pruszcz Gdański\nOlena;Śliwińska;Gdańsk\n"
CYRILLIC = "Имя;Фамилия;Город\nОлена;Іваненко;Київ\nАнна;Щербак;Львів\n"

Part = str | bytes
Made = Callable[[], bytes]


def packed(parts: Iterable[tuple[Any, Part]]) -> bytes:
    """A zip archive with these entries, also of one name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, catch_warnings():
        simplefilter("ignore")  # that a name is there twice
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def parts(sheets: list[str], kind: str = f"{OFFICE}.sheet.main+xml", strings: str = "") -> dict[str, Part]:
    """The parts of the smallest workbook, with these sheets as raw XML."""
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{OFFICE}.worksheet+xml"/>' for n in numbers
    )
    types += f'<Override PartName="/xl/sharedStrings.xml" ContentType="{OFFICE}.sharedStrings+xml"/>' * bool(strings)
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/>{types}</Types>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)},
        **({"xl/sharedStrings.xml": strings} if strings else {}),
    }


def sheet(rows: str = HEADER + OLENA, before: str = "", after: str = "", prolog: str = "") -> str:
    return f'{prolog}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def book(*sheets: str, strings: str = "", **more: Part) -> bytes:
    """A workbook of raw sheets; `more`: other parts, "__" for "/" in their names."""
    return packed(
        [*parts(list(sheets), strings=strings).items(), *((k.replace("__", "/"), v) for k, v in more.items())]
    )


def as_xlsx(change: Callable[[Any], object]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    change(made)
    made.save(out)
    return out.getvalue()


def prefixed() -> bytes:
    """Every element under a prefix: a hidden row, a merged cell, a formula without its result."""
    rows = """<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Nazwisko</x:t></x:is></x:c>
        <x:c r="B1" t="inlineStr"><x:is><x:t>Imię</x:t></x:is></x:c></x:row>
        <x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>Kowal</x:t></x:is></x:c>
        <x:c r="B2" t="inlineStr"><x:is><x:t>Jan</x:t></x:is></x:c></x:row>
        <x:row hidden="true" r="3"><x:c r="B3" t="inlineStr"><x:is><x:t>Anna</x:t></x:is></x:c></x:row>
        <x:row r="4"><x:c r="A4" t="inlineStr"><x:is><x:t>Lis</x:t></x:is></x:c>
        <x:c r="B4"><x:f>1+1</x:f></x:c></x:row>"""
    merged = '<x:mergeCells><x:mergeCell ref="A2:A3"/></x:mergeCells>'
    return book(f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData>{merged}</x:worksheet>')


def far_cells(rows: int = 60_000) -> bytes:
    """One empty cell in the last column of each row: 286 KB that once took minutes."""
    return book(sheet(HEADER + OLENA + "".join(f"<row r='{n}'><c r='XFD{n}'/></row>" for n in range(3, rows))))


def shared(cells: int = 4000, letters: int = 30_000) -> bytes:
    """One long text that thousands of cells show."""
    row = "<c t='s'><v>0</v></c>" * 25
    rows = "".join(f"<row r='{n}'>{row}</row>" for n in range(2, cells // 25 + 2))
    return book(sheet(HEADER + rows), strings=f'<sst xmlns="{MAIN}"><si><t>{"x" * letters}</t></si></sst>')


def entities(declared: str, used: str = "&a;") -> bytes:
    rows = f"<row r='1'><c r='A1' t='inlineStr'><is><t>{used}</t></is></c></row>"
    return book(sheet(rows, prolog=f"<!DOCTYPE worksheet [{declared}]>"))


def laughs() -> str:
    return '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def flipped(content: bytes, mark: bytes = b"worksheet") -> bytes:
    """One byte of a stored entry changed: its check sum no longer fits."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as stored:
        for name in archive.namelist():
            stored.writestr(name, archive.read(name))
    data = out.getvalue()
    return data.replace(b"Olena Bondar", b"Olena Bandar", 1)


def locked_entries() -> bytes:
    """A zip whose entries say that they are encrypted."""
    data = bytearray(book(sheet()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def understated() -> bytes:
    """A bomb whose directory says that it is small."""
    data = packed([*parts([sheet()]).items(), ("xl/media/x.xml", b"<a>" + b" " * 3_000_000 + b"</a>")])
    return data.replace((3_000_007).to_bytes(4, "little"), (2000).to_bytes(4, "little"))


def beyond_32_bits() -> bytes:
    """A size that says to look for a larger one, which is not there."""
    data = bytearray(book(sheet()))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = b"\xff" * 4
    return bytes(data)


def over_one_another() -> bytes:
    """Thousands of entries that are all the same large one: a small file, gigabytes unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*parts([sheet()]).items(), ("xl/large.xml", b"0" * 1_000_000)]:
            archive.writestr(name, content)
        for number in range(2000):
            again = copy(archive.filelist[-1])
            again.filename = f"xl/{number}.xml"
            archive.filelist.append(again)
    return out.getvalue()


def spelled_as(encoding: str) -> bytes:
    """A sheet that says to be in some encoding, and is not."""
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    return book(sheet(prolog=declared))


def ways_out() -> bytes:
    """Entries that would leave the folder or point elsewhere, were they ever unpacked."""
    link = zipfile.ZipInfo("xl/media/link")
    link.external_attr = 0o120777 << 16
    return packed([*parts([sheet()]).items(), ("../../tmp/out.txt", "x"), ("/etc/x", "x"), (link, "/etc/passwd")])


def dates(serial: str, epoch: str = "") -> bytes:
    """A cell that is a date by its style."""
    found = parts([sheet(HEADER + f"<row r='2'><c r='A2' s='1'><v>{serial}</v></c></row>")])
    found["xl/workbook.xml"] = str(found["xl/workbook.xml"]).replace("<sheets>", f"{epoch}<sheets>")
    found["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    return packed(found.items())


def linked() -> bytes:
    """A workbook that fetches values from another file and from the web."""
    found = parts([sheet()])
    link = f'<Relationship Id="rId9" Type="{RELATION}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    found["xl/_rels/workbook.xml.rels"] = str(found["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>", f"{link}</Relationships>"
    )
    found["xl/workbook.xml"] = str(found["xl/workbook.xml"]).replace(
        "</workbook>", '<externalReferences><externalReference r:id="rId9"/></externalReferences></workbook>'
    )
    found["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}"/>'
    return packed(found.items())


def without_sheet() -> bytes:
    return packed((name, part) for name, part in parts([sheet()]).items() if "worksheets/" not in name)


THIRD = OLENA.replace("2'", "3'")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CUT = CSV.encode().replace("Ł".encode(), b"\xc5", 1)
NESTED = "<a>" * 20_000 + "</a>" * 20_000
FORMATTING = '<conditionalFormatting sqref="?"><cfRule type="nothing" priority="x"/></conditionalFormatting>'
MERGES = "".join(f'<mergeCell ref="A2:A{1_000_000 + n}"/>' for n in range(20_000))
MANY = "".join(f"<row r='{n}'><c r='A{n}'><v>1</v></c></row>" for n in range(2, 1002))
WRONG_ORDER = "<row r='5'><c><v>1</v></c></row><row r='4'><c><v>1</v></c></row>"

REPEATED = cell("x", 'office:value-type="string" table:number-columns-repeated="1000"')
FILES: dict[str, tuple[Made, str]] = {
    "nothing at all": (lambda: b"", "empty"),
    "white space": (lambda: b" \n;;\n", "empty"),
    "rows in a comment": (lambda: book(sheet(after=f"<!--{'<row ' * 7000}-->")), GOOD),
    "cells in the last column": (far_cells, GOOD),
    "everything under a prefix": (prefixed, GOOD),
    "a zip bomb": (lambda: book(sheet(), xl__x=b"0" * (51 * 1024 * 1024)), "too_large_inside"),
    "a zip in a zip": (
        lambda: packed([("a.zip", packed([("b.zip", packed([("c", b"0" * 1_000_000)]))]))]),
        "not_a_table",
    ),
    "a bomb that says it is small": (understated, "damaged"),
    "a size beyond 32 bits that is not there": (beyond_32_bits, "too_large_inside"),
    "entries over one another": (over_one_another, "too_large_inside"),
    "a sheet in UTF-7": (lambda: spelled_as("UTF-7"), "damaged"),
    "a sheet in no encoding of letters": (lambda: spelled_as("idna"), "damaged"),
    "one text in thousands of cells": (shared, "too_full"),
    "a text of 40,000 letters": (lambda: as_xlsx(lambda made: made.active.append(["x" * 32_767 + "y"])), "only_header"),
    "an attribute of 3 MB": (lambda: book(sheet(f"{HEADER}<row r='2' x='{'y' * 3_000_000}'/>" + THIRD)), GOOD),
    "elements in elements": (lambda: book(sheet(after=NESTED)), "damaged"),
    "elements in elements elsewhere": (lambda: book(sheet(), strings=f'<sst xmlns="{MAIN}">{NESTED}</sst>'), GOOD),
    "a billion laughs": (lambda: entities(laughs(), "&a9;"), "document_type"),
    "a long entity many times": (lambda: entities(f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 1000), "document_type"),
    "an entity that is a file": (lambda: entities('<!ENTITY a SYSTEM "file:///etc/passwd">'), "document_type"),
    "an entity that is an address": (lambda: entities('<!ENTITY a SYSTEM "http://127.0.0.1:9/">'), "document_type"),
    "links to other workbooks": (linked, GOOD),
    "a workbook with a password": (lambda: OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "entries with a password": (locked_entries, "password"),
    "a zip cut short": (lambda: book(sheet())[:-100], "damaged"),
    "a zip that is none": (lambda: b"PK\x03\x04 not a zip", "damaged"),
    "a wrong check sum": (lambda: flipped(book(sheet())), "damaged"),
    "entries of one name": (lambda: packed([*parts([sheet()]).items(), ("xl/workbook.xml", "<x/>")]), "damaged"),
    "ways out of the folder": (ways_out, GOOD),
    "a sheet that is not there": (without_sheet, "damaged"),
    "a thousand sheets": (lambda: book(*[sheet()] * 1000), "too_many_sheets"),
    "a shared text that is not there": (lambda: book(sheet("<row r='1'><c t='s'><v>7</v></c></row>")), "damaged"),
    "rows out of order": (lambda: book(sheet(WRONG_ORDER)), "damaged"),
    "a row beyond the last": (lambda: book(sheet("<row r='9999999999'><c><v>1</v></c></row>")), "damaged"),
    "a cell in no column": (lambda: book(sheet("<row r='1'><c r='1A'><v>1</v></c></row>")), "damaged"),
    "a hundred thousand empty rows": (lambda: book(sheet(HEADER + OLENA + "<row/>" * 100_000)), GOOD),
    "cells merged over and over": (
        lambda: book(sheet(HEADER + MANY, after=f"<mergeCells>{MERGES}</mergeCells>")),
        "too_full",
    ),
    "formatting that is none": (lambda: book(sheet(after=FORMATTING)), GOOD),
    "formulas without results": (
        lambda: as_xlsx(lambda made: [made.active.append(row) for row in (["Imię", "Wiek"], ["Ala", "=1+1"])]),
        GOOD,
    ),
    "macros": (lambda: packed([*parts([sheet()], MACROS).items(), ("xl/vbaProject.bin", OLE)]), GOOD),
    "a day that no calendar has": (lambda: dates("99999999999"), GOOD),
    "a number without end": (lambda: dates("1e999"), GOOD),
    "days counted from 1904": (lambda: dates("30000", '<workbookPr date1904="1"/>'), GOOD),
    "16,385 columns": (lambda: book(sheet(f"<row r='1'>{'<c><v>1</v></c>' * 16_385}</row>")), "too_wide"),
    "an old workbook": (lambda: CLIENTS, GOOD),
    "the beginning of an old workbook": (lambda: OLE + b"Workbook", "damaged"),
    "an OpenDocument sheet": (lambda: ods(row(cell("Imię")) + row(cell("Ala"))), GOOD),
    "an OpenDocument cell, a thousand million times": (
        lambda: ods(row(REPEATED, repeated=10**6)),
        "damaged",
    ),
    "an archive with one part": (lambda: packed([("content.xml", "x")]), "not_a_table"),
    "a web page": (lambda: b"<html><table><tr><td>Jan</td></tr></table></html>", "not_a_table"),
    "a document": (lambda: b"%PDF-1.4\n1 0 obj", "not_a_table"),
    "a packed text": (lambda: gzip.compress(CSV.encode()), "not_a_table"),
    "a picture": (lambda: base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"), "not_a_table"),
    "one line of 3 MB": (lambda: b"x" * 3_000_000, "long_cell"),
    "a quoted cell of 3 MB": (lambda: b'a;b\n"' + b"x\n" * 1_500_000 + b'"', "long_cell"),
    "separators only": (lambda: b";" * 3_000_000, "too_wide"),
    "a quotation mark that stays open": (lambda: b'Klient;Uwagi\nJan;"nie\nAnna;x\n', "quotes"),
    "zeros in a text": (lambda: b"a;b\n\x001;2\n", "not_a_table"),
    "zeros late in a text": (lambda: b"a;b\n" + b"1;2\n" * 2000 + b"\x003;4\n", GOOD),
    "16,385 columns of text": (lambda: b"x;" * 16_384 + b"x\n", "too_wide"),
    "UTF-16 that does not say so": (lambda: CSV.encode("utf-16-le"), GOOD),
    "UTF-16 the other way round": (lambda: CSV.encode("utf-16-be"), GOOD),
    "half a letter of UTF-16": (lambda: CSV.encode("utf-16")[:-1], "cut_letters"),
    "letters that were lost before": (lambda: CSV.replace("Ś", "\ufffd").encode(), GOOD),
    "one byte of UTF-8 cut": (lambda: CUT, "cut_letters"),
    "Windows-1250": (lambda: CSV.encode("cp1250"), GOOD),
    "Windows-1251": (lambda: CYRILLIC.encode("cp1251"), GOOD),
    "ISO 8859-2": (lambda: CSV.encode("iso8859-2"), GOOD),
    "DOS letters": (lambda: CSV.encode("cp852"), GOOD),
}
