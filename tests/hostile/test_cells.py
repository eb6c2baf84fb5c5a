"""The file of rows that could not be brought in: nothing in it is a formula, and phone numbers stay phone numbers.

Reports as files are in tests/reports/test_exports.py.
"""

import io
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from przystan.access.models import User
from przystan.exchange.exports import bad_rows
from przystan.exchange.models import ImportBatch, ImportRow
from przystan.team.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db
CELLS = ["=1+1", "+48 601 000 000", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "{=1}", "http://x.example", "007"]


def batch(header: list[str], cells: list[str]) -> ImportBatch:
    of: Organisation = factories.organisation()
    user: User = factories.user(of, "coordinator")
    made = ImportBatch.objects.create(organisation=of, kind="people", filename="a.csv", header=header, by=user)
    problem = {"column": None, "code": "formula_without_value", "value": "", "text": "", "words": []}
    ImportRow.objects.create(batch=made, number=1, cells=cells, problems=[problem])
    return made


def test_no_cell_of_the_rest_is_a_formula() -> None:
    data = bad_rows(batch(CELLS, CELLS))
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    first = [cell.value for cell in sheet[1]][: len(CELLS)]
    assert first[1] == "+48 601 000 000"
    assert first[0] == "=1+1"
    with ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]
