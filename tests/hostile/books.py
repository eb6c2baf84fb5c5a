"""Files with names that are any string, and what programs read in them."""

import csv
import io
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook

from przystan.exchange.models import ImportBatch, ImportRow
from przystan.kernel.names import fold
from przystan.reports import exports
from przystan.reports.enums import Separator, Table
from przystan.reports.queries import report_of
from przystan.reports.rules import WHOLE
from tests import factories

from .strings import naughty

CELLS = ["=1+1", "+48 601 000 000", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "{=1}", "http://x.example", "007"]
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML holds none of them
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def names() -> list[str]:
    """Every string as it can stand in a name, which is not too long."""
    clean = [" ".join(UNSEEN.sub("", text).split()) for text in [*CELLS, *naughty()]]
    return [text for text in dict.fromkeys(clean) if text and max(len(text), len(fold(text))) <= 200]


def plain(text: str) -> str:
    """Without what a workbook cannot hold; its lines end in one way."""
    return UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def report() -> Any:
    """The list of people of a programme, one for each string, for somebody who may see their names."""
    at = factories.point(factories.organisation())
    service = factories.service()
    programme = factories.programme(at.organisation, service)
    factories.indicator(programme, "people")
    for text in names():
        entry = factories.support(at, service, factories.person(at, text), day=date(2026, 6, 15))
        factories.pay(entry, programme)
    return report_of(factories.actor(at.organisation, "coordinator"), programme, WHOLE, names=True)


def workbook(found: Any) -> bytes:
    with exports.xlsx(found) as file:
        return file.read()


def text_file(found: Any) -> bytes:
    with exports.csv_file(found, Table.LISTS, Separator.COMMA) as file:
        return file.read()


def rest() -> ImportBatch:
    """Rows that could not be brought in."""
    of = factories.organisation()
    made = ImportBatch.objects.create(
        organisation=of, kind="people", filename="a.csv", header=CELLS, by=factories.user(of, "coordinator")
    )
    problem = {"column": None, "code": "formula_without_value", "value": "", "text": "", "words": []}
    for number, text in enumerate(cells(), start=1):
        ImportRow.objects.create(batch=made, number=number, cells=[text], problems=[problem])
    return made


def cells() -> list[str]:
    """Every string as it can stand in a cell that was read; PostgreSQL holds no NUL and no half letter."""
    return [re.sub("[\x00\ud800-\udfff]", "", text) for text in [*CELLS, *naughty()]]


def by_openpyxl(data: bytes) -> Iterator[Any]:
    """Every cell with something in it."""
    for page in load_workbook(io.BytesIO(data)):
        yield from (cell for row in page.iter_rows() for cell in row if cell.value is not None)


def by_csv(data: bytes) -> list[str]:
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [cell for line in lines for cell in line]


def by_libreoffice(soffice: str, folder: Path, name: str, data: bytes) -> tuple[list[str], list[str]]:
    """(texts of all cells, formulas) as LibreOffice opens the file."""
    (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    reading = ["--infilter=CSV:44,34,76"] if name.endswith(".csv") else []  # commas, quotes, UTF-8
    command = [soffice, profile, "--headless", *reading, "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / name)], check=True, capture_output=True, timeout=120)
    root = ElementTree.parse((folder / name).with_suffix(".fods")).getroot()
    found = list(root.iter(f"{TABLE}table-cell"))
    texts = ["\n".join(_words(line) for line in cell.iter(f"{TEXT}p")) for cell in found]
    return texts, [cell.attrib[f"{TABLE}formula"] for cell in found if f"{TABLE}formula" in cell.attrib]


def _words(line: ElementTree.Element) -> str:
    """A paragraph; OpenDocument writes spaces and tabs as elements."""
    text = line.text or ""
    for part in line:
        kind = part.tag.removeprefix(TEXT)
        inside = {"s": " " * int(part.get(f"{TEXT}c", "1")), "tab": "\t", "line-break": "\n"}.get(kind)
        text += (_words(part) if inside is None else inside) + (part.tail or "")
    return text
