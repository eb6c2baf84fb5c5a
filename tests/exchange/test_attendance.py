"""Attendance sheets: a row for each person, a column for each day; supports of one service, a group for each day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.exchange import actions
from przystan.exchange.actions.attendance import Sheet
from przystan.exchange.models import ImportBatch
from przystan.exchange.queries.preview import shown, unknown_values
from przystan.exchange.queries.words import Meanings
from przystan.exchange.rules.attendance import days_of, mark, month_told
from przystan.exchange.rules.unknown import Unknown
from przystan.exchange.rules.values import Unclear
from przystan.funding.actions import amend, correct
from przystan.ledger.actions import close_period
from przystan.support.models import Gathering, Support
from przystan.support.rules import Entry
from przystan.team.models import Organisation, Point
from tests import factories

from .test_import import as_csv, as_xlsx, imported, taken

pytestmark = pytest.mark.django_db
Rows = Sequence[Sequence[Any]]
SHEET = [
    ["Lp.", "Nazwisko i imię", "4.03", "11.03", "śr 13.03", "Razem"],
    ["1", "Kowalenko Olena", "x", "ob.", "2h", "3"],
    ["2", "Beridze Giorgi", "+", "nb", "–", "1"],
    ["3", "", "1", "", "", "1"],
    ["4", "Diallo Amina", "nb", "", "n", "0"],
    ["", "Razem", "3", "1", "1", "5"],
]
TODAY = date(2026, 6, 1)


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


@pytest.fixture
def here(centre: Organisation) -> Point:
    return factories.point(centre)


@pytest.fixture
def by(centre: Organisation, here: Point) -> Actor:
    factories.service("Kurs polskiego", 90)
    for name, birth in (("Olena Kowalenko", "1990-05-03"), ("Giorgi Beridze", "1985"), ("Amina Diallo", "")):
        factories.person(here, name, birth=birth)
    return factories.actor(centre, "coordinator", at=here)


def code() -> str:
    return Support.service.field.related_model.objects.get().code


def matched(by: Actor, content: bytes, name: str = "obecnosc.csv", **sheet: Any) -> ImportBatch:
    batch = taken(by, content, "attendance", name)
    mapping = {int(column): field for column, field in batch.mapping.items()}
    said = Sheet(**{"service": code(), "first": "2024-03-01", **sheet})
    actions.match_columns(by=by, batch=batch, mapping=mapping, sheet=said)
    batch.refresh_from_db()
    return batch


def checked(by: Actor, rows: Rows, **sheet: Any) -> ImportBatch:
    batch = matched(by, as_csv(rows), **sheet)
    actions.check(by=by, batch=batch)
    batch.refresh_from_db()
    return batch


def answered(by: Actor, batch: ImportBatch) -> ImportBatch:
    """Whoever is offered is meant, and who is not named was unnamed."""
    actions.decide_open(by=by, batch=batch, choice="offered")
    batch.refresh_from_db()
    return batch


def groups() -> list[str]:
    found = []
    for one in Gathering.objects.order_by("day", "id"):
        rows = one.supports.order_by("id").prefetch_related("recipients__person__names")
        people = [f"{_name(row)} {row.minutes}" for row in rows]
        found.append(f"{one.day}: {', '.join(people)}")
    return found


def _name(row: Support) -> str:
    first = row.recipients.first()
    return first.person.names.get().text if first else f"{row.headcount} unnamed"


ALL = [
    "2024-03-04: Olena Kowalenko 90, Giorgi Beridze 90, 1 unnamed 90",
    "2024-03-11: Olena Kowalenko 90",
    "2024-03-13: Olena Kowalenko 120",
]


def test_each_day_is_a_group_of_one_service_shown_before_and_undone_after(by):
    batch = answered(by, checked(by, SHEET, title="A1"))
    assert batch.mapping == {"1": "name", "2": "mark", "3": "mark", "4": "mark"}
    said = [one for one in shown(by, batch, list(batch.rows.all()), {}) if one.row.number == 2]
    assert "4 March 2024, 11 March 2024, 13 March 2024 (2" in said[0].read[1].text
    assert {row.number: row.decision for row in batch.rows.all()} == {
        2: "same", 3: "same", 4: "new", 5: "skip", 6: "skip",
    }  # fmt: skip
    assert not Support.objects.exists()
    imported(by, batch)
    assert groups() == ALL
    assert {row.kind for row in Support.objects.all()} == {"group"}
    assert {one.title for one in Gathering.objects.all()} == {"A1"}
    undone = actions.undo(by=by, batch=batch)
    assert (undone.removed, undone.staying) == (5, [])
    assert not Gathering.objects.exists()


def test_days_stand_in_cells_of_days_and_in_the_row_below_the_header(by):
    days = ["", "", date(2024, 3, 4), date(2024, 3, 11), date(2024, 3, 13), ""]
    rows = [["Lp.", "Imię i nazwisko", "marzec", "", "", "Razem"], days, *SHEET[1:]]
    batch = matched(by, as_xlsx(rows), first="")
    assert (batch.header[2:5], batch.rows_total) == (["2024-03-04", "2024-03-11", "2024-03-13"], 5)
    actions.check(by=by, batch=batch)
    batch.refresh_from_db()
    imported(by, answered(by, batch))
    assert groups() == ALL


@pytest.mark.parametrize(
    ("headers", "first", "expected"),
    [
        (["4.03.2024", "2024-03-11", "13/03/24"], None, "2024-03-04 2024-03-11 2024-03-13"),
        (["3/4/2024", "3/13/2024"], None, "2024-03-04 2024-03-13"),
        (
            ["wt 4.03", "pt. 8 III", "11 marca", "13-03 (2)"],
            "2024-03-01",
            "2024-03-04 2024-03-08 2024-03-11 2024-03-13",
        ),
        (["27", "30", "3", "7"], "2024-03-27", "2024-03-27 2024-03-30 2024-04-03 2024-04-07"),
        (["12.12", "9.01"], "2024-12-01", "2024-12-12 2025-01-09"),
        (["4.03"], None, ""),
        (["Uwagi", "Razem", "31.02.2024", "99", "Lp. 7"], "2024-03-01", ""),
    ],
)
def test_headers_tell_days(headers, first, expected):
    found = days_of(dict(enumerate(headers)), date.fromisoformat(first) if first else None, TODAY)
    assert " ".join(map(str, found.values())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("marzec 2024", "2024-03-01"), ("obecnosc_03-2024.xlsx", "2024-03-01"), ("2024.11 kurs.csv", "2024-11-01")],
)
def test_names_of_sheets_tell_a_month(text, expected):
    assert str(month_told(["", text])) == expected
    assert month_told(["Arkusz1", "lista.csv"]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("x", 0), ("OB.", 0), ("2h", 120), ("1:30", 90), ("45", 45), ("90 min", 90), ("nb", None), ("1,5 godz.", 90)],
)
def test_marks_are_read(by, text, expected):

    assert mark(Meanings(by).marks)(text) == expected


@pytest.mark.parametrize("text", ["2", "?!", "chory"])
def test_what_no_mark_says_is_not_guessed(text):
    with pytest.raises(Unclear):
        mark({})(text)


def test_a_mark_that_we_do_not_know_is_asked_once_for_the_file(by):
    rows = [SHEET[0], ["1", "Kowalenko Olena", "2", "", "", ""], ["2", "Beridze Giorgi", "2", "kwar.", "", ""]]
    batch = checked(by, rows)
    assert unknown_values(batch) == [(Unknown("marks", "2"), 2), (Unknown("marks", "kwar"), 1)]
    meanings = {Unknown("marks", "2"): "135", Unknown("marks", "kwar"): "-"}
    actions.say_meanings(by=by, batch=batch, meanings=meanings)
    batch.refresh_from_db()
    actions.check(by=by, batch=batch)
    batch.refresh_from_db()
    imported(by, answered(by, batch))
    assert groups() == ["2024-03-04: Olena Kowalenko 135, Giorgi Beridze 135"]


def test_a_sheet_that_is_brought_again_longer_asks_of_the_days_that_are_there(by):
    rows = [row[:4] for row in SHEET[:2]]
    imported(by, answered(by, checked(by, rows)))
    batch = answered(by, checked(by, SHEET[:2]))
    row = batch.rows.get()
    assert [one["code"] for one in row.problems] == ["days_in_ledger"]
    assert row.remarks[-1]["text"] == "2024-03-04, 2024-03-11"
    assert [one.rest for one in shown(by, batch, [row], {})] == [True]
    actions.decide_open(by=by, batch=batch, choice="repeated")
    batch.refresh_from_db()
    assert batch.counts["open"] == 0
    imported(by, batch)
    assert groups() == ["2024-03-04: Olena Kowalenko 90", *ALL[1:]]
    again = answered(by, checked(by, SHEET[:2]))
    actions.decide_open(by=by, batch=again, choice="repeated")
    assert again.rows.get().decision == "skip"


def test_it_can_have_been_another_group_of_that_day(by):
    imported(by, answered(by, checked(by, SHEET[:2])))
    batch = answered(by, checked(by, SHEET[:2]))
    row = batch.rows.get()
    actions.decide(by=by, batch=batch, decisions={"2": row.chosen})
    batch.refresh_from_db()
    imported(by, batch)
    assert len(groups()) == 6


def test_one_person_in_two_rows_comes_once(by):
    rows = [SHEET[0], SHEET[1], ["2", "Kowalenko Olena", "x", "", "", ""]]
    imported(by, answered(by, checked(by, rows)))
    assert groups()[0] == "2024-03-04: Olena Kowalenko 90"


@pytest.mark.parametrize("closed", [False, True])
def test_undo_spares_what_somebody_changed_and_names_it(by, closed):

    batch = imported(by, answered(by, checked(by, SHEET[:3])))
    support = Support.objects.order_by("id").first()
    assert support is not None
    if closed:
        close_period(by=by, starts=date(2024, 3, 1), ends=date(2024, 3, 31))
        correct(by=by, support=support, reason="a mistake")
    else:
        people = (support.recipients.get().person.ref,)
        entry = Entry(service_id=support.service_id, point_id=support.point_id, day=support.day, people=people)
        amend(by=by, support=support, entry=entry)
    undone = actions.undo(by=by, batch=batch)
    assert undone.staying == ["2"]
    assert Support.objects.filter(pk=support.pk).exists()


def test_a_service_and_days_are_needed(by):
    batch = taken(by, as_csv(SHEET), "attendance", "lista.csv")
    mapping = {int(column): field for column, field in batch.mapping.items()}
    for sheet in (None, Sheet(service=""), Sheet(service=code())):
        with pytest.raises(ValidationError):
            actions.match_columns(by=by, batch=batch, mapping=mapping, sheet=sheet)
    with pytest.raises(ValidationError):
        actions.match_columns(by=by, batch=batch, mapping={1: "name"}, sheet=Sheet(service=code()))


def test_the_page_asks_what_was_given_and_says_which_column_has_no_day(by, client: Client):
    client.force_login(User.objects.get(pk=by.user_id))
    batch = taken(by, as_csv(SHEET), "attendance", "lista marzec 2024.csv")
    url = f"/imports/{batch.ref}/columns/"
    page = client.get(url).content.decode()
    assert "What was given" in page
    assert "Kurs polskiego" in page
    columns = {f"column{place}": batch.mapping.get(str(place), "") for place in range(6)}
    day = {"first_0": "", "first": ""}
    refused = client.post(url, {**columns, **day, "service": code()}).content.decode()
    assert "This header tells no day until today" in refused
    batch.refresh_from_db()
    assert batch.state == "columns"
