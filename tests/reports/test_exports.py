"""Reports as files: what is in them, and what can never be: formulas, or names for who may not see them."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from przystan.access.models import AuditEntry
from przystan.access.spending import OutOfTime
from przystan.errands import tasks
from przystan.errands.models import Errand
from przystan.kernel.cells import BEGINS_FORMULA, csv_text, plain_text
from przystan.reports import exports
from tests import factories

DAY = date(2026, 6, 15)
NAUGHTY = [
    "=1+1",
    "+48 601 000 000",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "'=1",
    "{=1}",
    "＝1+1",
    "a\x00b",
    "ევა ＠",
    "☃" * 40,
]


class Centre:
    """A programme with an indicator of each kind, and a person with an evil name for each naughty text."""

    def __init__(self) -> None:
        self.point = factories.point(factories.organisation(), name="=POINT()")
        self.service = factories.service("=SERVICE()")
        self.programme = factories.programme(self.point.organisation, self.service, name="+48 Programme")
        kinds = ("people", "supports", "hours", "households")
        for kind, name in zip(kinds, ["=People", "+Supports", "-Hours", "@Homes [:*?/\\]"], strict=True):
            factories.indicator(self.programme, kind, names={"en": name}, breakdowns=["sex", "point", "service"])
        for name in NAUGHTY:
            person = factories.person(self.point, name.replace("\x00", ""))
            factories.pay(factories.support(self.point, self.service, person, day=DAY), self.programme)

    def client(self, role: str = "coordinator") -> Client:
        found = Client(headers={"accept-language": "en"})
        found.force_login(factories.user(self.point.organisation, role))
        return found

    def take(self, role: str = "coordinator", **values: str) -> Any:
        return self.client(role).post(self.url, values)

    @property
    def url(self) -> str:
        return reverse("reports:export", args=[self.programme.ref])


@pytest.fixture
def centre(db: None) -> Centre:
    return Centre()


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_workbook_holds_numbers_breakdowns_and_lists(centre: Centre) -> None:
    book = load_workbook(io.BytesIO(content(centre.take(format="xlsx"))))
    assert book.sheetnames[:3] == ["Indicators", "Breakdowns", "1 =People"]
    assert len(book.sheetnames) == 6
    rows = list(book["Indicators"].iter_rows(min_row=2, values_only=True))
    assert [row[6] for row in rows] == [len(NAUGHTY), len(NAUGHTY), len(NAUGHTY) / 2, len(NAUGHTY)]
    assert book["1 =People"].max_row == len(NAUGHTY) + 2, "a heading and a total"
    assert rows[0][0] == "+48 Programme"


@pytest.mark.parametrize(("period", "name"), [("", "report_48_Programme"), ("2026-q2", "report_48_Programme_2026-q2")])
def test_a_file_is_named_by_programme_and_period(centre: Centre, period: str, name: str) -> None:
    answer = centre.take(format="xlsx", period=period)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'


def test_names_are_in_it_only_where_somebody_asked_for_them(centre: Centre) -> None:
    """Whoever forgets to think sends references; who asked for names is written down."""
    without = load_workbook(io.BytesIO(content(centre.take(format="xlsx"))))
    assert [cell.value for cell in without["1 =People"][1]] == ["People", "Entries", "First day", "Last day"]
    named = load_workbook(io.BytesIO(content(centre.take(format="xlsx", names="on"))))
    assert [cell.value for cell in named["1 =People"][1]][:2] == ["People", "Names"]
    noted = AuditEntry.objects.filter(action="reports.export").order_by("seq")
    assert [entry.fields for entry in noted] == [["all", "xlsx"], ["all", "names", "xlsx"]]


def test_a_sheet_can_be_filtered_read_and_adds_up(centre: Centre) -> None:
    """What filters hide is still in the total; a column is as wide as its longest word, up to a limit."""
    book = load_workbook(io.BytesIO(content(centre.take(format="xlsx", names="on"))))
    last = len(NAUGHTY) + 1
    hours, people, numbers = book["3 -Hours"], book["1 =People"], book["Indicators"]
    assert hours.auto_filter.ref.endswith(str(last))
    assert [hours.cell(last + 1, column).value for column in (1, 2, 7, 8)] == ["Total", 7, 30 * len(NAUGHTY), 14]
    assert [people.cell(last + 1, column).value for column in (1, 3)] == ["Total", len(NAUGHTY)]
    assert numbers.auto_filter.ref.startswith("A1:")
    assert "Total" not in [row[0] for row in numbers.iter_rows(values_only=True)]
    widths = {letter: dimension.width for letter, dimension in people.column_dimensions.items()}
    assert widths["A"] < 18 < widths["B"] < 62


def test_a_language_is_a_word(centre: Centre) -> None:
    factories.pay(factories.support(centre.point, centre.service, day=DAY, language="uk"), centre.programme)
    book = load_workbook(io.BytesIO(content(centre.take(format="xlsx"))))
    assert "Ukrainian" in [row[8] for row in book["2 +Supports"].iter_rows(values_only=True)]


@pytest.mark.parametrize(("separator", "half"), [(";", "0,5"), (",", "0.5"), ("tab", "0.5")])
def test_a_list_of_hours_adds_up_to_them_in_figures_that_the_program_reads(
    centre: Centre, separator: str, half: str
) -> None:
    data = content(centre.take(format="csv", table="lists", separator=separator)).decode("utf-8-sig")
    sign = "\t" if separator == "tab" else separator
    rows = [row for row in csv.reader(io.StringIO(data, newline=""), delimiter=sign) if "Hours" in row[0]]
    assert [row[4] for row in rows] == [half] * len(NAUGHTY)
    book = load_workbook(io.BytesIO(content(centre.take(format="xlsx"))))
    hours = [row[1] for row in book["3 -Hours"].iter_rows(min_row=2, values_only=True)]
    assert sum(hours[:-1]) == hours[-1] == len(NAUGHTY) / 2


def test_no_cell_is_a_formula(centre: Centre) -> None:
    data = content(centre.take(format="xlsx", names="on"))
    for page in load_workbook(io.BytesIO(data)):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d"), cell.value
    with ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())
    names = {row[1] for row in load_workbook(io.BytesIO(data))["1 =People"].iter_rows(min_row=2, values_only=True)}
    assert {"=1+1", "+48 601 000 000", "@SUM(A1)"} <= names


def test_a_workbook_tells_nothing_of_its_maker(centre: Centre) -> None:
    book = load_workbook(io.BytesIO(content(centre.take(format="xlsx"))))
    assert not book.properties.creator
    assert not book.properties.title


@pytest.mark.parametrize(("separator", "sign"), [(";", ";"), (",", ","), ("tab", "\t")])
@pytest.mark.parametrize("table", ["indicators", "breakdowns", "lists"])
def test_csv(centre: Centre, separator: str, sign: str, table: str) -> None:
    data = content(centre.take(format="csv", table=table, separator=separator, names="on"))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=sign))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 4
    point = "," if separator == ";" else "."
    numbers = {f"-0{point}5", "-1"}
    assert not [cell for row in rows for cell in row if cell.startswith(BEGINS_FORMULA) and cell not in numbers]
    if table == "lists":
        names = {plain_text(row[-1]) for row in rows}
        assert {"=1+1", "+48 601 000 000", "-2+3"} <= names


def test_our_own_import_takes_the_guard_off() -> None:
    from przystan.exchange.reading.csv_text import _cell

    for text in ("=1+1", "+48 601 000 000", "-2+3", "@SUM(A1)"):
        assert _cell(csv_text(text)) == text


@given(st.text())
def test_guarding_can_be_undone(text: str) -> None:
    clean = "".join(letter for letter in text if letter in "\t\r\n" or letter >= " ")
    assert plain_text(csv_text(text)) == clean
    assert not csv_text(text).lstrip(" ").startswith(BEGINS_FORMULA)


def test_names_only_for_who_may_see_people(centre: Centre) -> None:
    director = centre.take("director", format="xlsx")
    assert director.status_code == 404  # has no right to take reports out
    centre_of = factories.actor(centre.point.organisation, "grant_officer")
    blind = type(centre_of)(
        centre_of.user_id, "", centre_of.organisation_id, rights=centre_of.rights - {"people.read", "evidence.read"}
    )
    report = exports_of(blind, centre)
    with exports.xlsx(report) as file:
        book = load_workbook(file)
    assert book.sheetnames == ["Indicators", "Breakdowns"]
    seeing = type(centre_of)(
        centre_of.user_id, "", centre_of.organisation_id, rights=centre_of.rights - {"people.read"}
    )
    with exports.xlsx(exports_of(seeing, centre)) as file:
        book = load_workbook(file)
    cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert not any("601 000 000" in cell for cell in cells)


def exports_of(actor: Any, centre: Centre) -> Any:
    from przystan.reports.queries import report_of
    from przystan.reports.rules import WHOLE

    return report_of(actor, centre.programme, WHOLE, names=True)


def test_who_may_take_out(centre: Centre) -> None:
    for role, status in [("coordinator", 200), ("grant_officer", 200), ("auditor", 404), ("adviser", 404)]:
        answer = centre.take(role, format="xlsx")
        assert answer.status_code == status, role
        content(answer)
    stranger = Centre().client()
    assert stranger.post(centre.url, {"format": "xlsx"}).status_code == 404
    assert centre.client().get(centre.url).status_code == 405
    assert "/account/login/" in Client().post(centre.url)["Location"]
    assert centre.take(format="nonsense").status_code == 302


def test_taking_out_is_written_down(centre: Centre) -> None:
    content(centre.take(format="csv", table="lists"))
    row = AuditEntry.objects.latest("seq")
    assert (row.action, row.object_ref, row.fields) == ("reports.export", centre.programme.ref, ["csv", "lists"])


def test_a_long_one_is_made_by_a_job_and_holds_the_same(centre: Centre, settings: Any) -> None:
    data = {"format": "csv", "table": "lists", "separator": ";", "period": "2026"}
    at_once = content(centre.take(**data))
    settings.ERRAND_SECONDS = 0
    browser = centre.client()
    assert browser.post(centre.url, data)["Location"] == reverse("errands:errand", args=[Errand.objects.get().ref])
    row = AuditEntry.objects.filter(action="reports.export").latest("seq")
    assert (row.object_ref, row.fields) == (centre.programme.ref, ["csv", "lists"])
    tasks.run(Errand.objects.get().ref)
    assert browser.post(reverse("errands:fetch", args=[Errand.objects.get().ref])).content == at_once


def test_rows_that_were_on_their_way_lie_nowhere(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A workbook that is given up half made: its rows were in a file beside it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    report = exports_of(factories.actor(centre.point.organisation, "coordinator"), centre)
    monkeypatch.setattr(exports, "TELL_EVERY", 1)
    begun: list[int] = []

    def tell(rows: int) -> None:
        begun.append(sum(1 for _ in tmp_path.rglob("*")))
        if rows == 8:
            raise OutOfTime

    with pytest.raises(OutOfTime):
        exports.xlsx(report, tell)
    assert max(begun) > 0
    assert list(tmp_path.iterdir()) == []
