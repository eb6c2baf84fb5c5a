"""Cells that mean the one above: "j.w.", "as above", a sign."""

import pytest

from przystan.exchange.models import ImportBatch
from przystan.exchange.queries.preview import shown
from przystan.exchange.rules.ditto import as_above, is_ditto
from przystan.people.models import Person
from przystan.reference.loading import load_reference
from tests import factories

from .test_import import as_csv, checked, imported

HEADER = ["Imię", "Nazwisko", "Telefon", "Miasto", "Data ur.", "Obywatelstwo"]


@pytest.mark.parametrize(
    "text",
    [*("j.w.", "jw.", "JW", " j. w. ", "Jak wyżej", "as above", '—"—', '"', "-„-", "-//-", "-II-", "як вище", "то же")],
)
def test_clerks_write_it_in_many_ways(text):
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "-", "–", "Jawor", "501 222 333", "II", "II/3", "1/2", "Gdańsk, jak wyżej"])
def test_other_cells_say_what_they_say(text):
    assert not is_ditto(text)


def test_names_and_marks_are_never_taken_from_above():
    fields = {0: "name", 1: "phone", 2: "child", 3: "mark", 4: "place"}
    assert as_above(["jw"] * 5, ["a", "b", "c", "d", ""], fields) == {1: "b"}
    assert as_above(["jw"] * 5, [], fields) == {}


@pytest.fixture
def by(db):
    load_reference()
    centre = factories.organisation()
    return factories.actor(centre, "coordinator", at=factories.point(centre))


def a_file(by, *rows) -> ImportBatch:
    return checked(by, as_csv([HEADER, *rows]))


def test_the_value_above_is_taken_row_after_row_and_said(by):
    batch = a_file(
        by,
        ["Olena", "Bondar", "501 222 333", "Gdańsk", "12.03.1987", "Ukraina"],
        ["Maksym", "Bondar", "j.w.", "jak wyżej", "1.05.2014", '"'],
        ["Razem", "", "2", "", "", ""],
        ["Sofija", "Bondar", "jw.", "as above", "1.09.2018", "-//-"],
    )
    rows = list(batch.rows.order_by("number"))
    assert [row.problems for row in rows if row.decision != "skip"] == [[]] * 3
    assert [row.cells[2] for row in rows] == ["501 222 333", "j.w.", "2", "jw."]
    for row in (rows[1], rows[3]):
        assert {(one["column"], one["code"], one["text"]) for one in row.remarks} == {
            (2, "as_above", "501 222 333"),
            (3, "as_above", "Gdańsk"),
            (5, "as_above", "Ukraina"),
        }
    [said] = shown(by, batch, rows[1:2], {})
    assert "Telefon, “501 222 333”: the file says “as above”: taken from the row above" in said.remarks
    imported(by, batch)
    assert [
        (one.channels.get().value, one.dwellings.get().place.name, one.citizenships.get().country)
        for one in Person.objects.order_by("id")
    ] == [("501 222 333", "Gdańsk", "UA")] * 3


def test_with_nothing_above_the_cell_is_asked(by):
    batch = a_file(by, ["Olena", "Bondar", "j.w.", "", "", ""], ["Iwo", "Wilk", "", "j.w.", "", ""])
    assert [[one["code"] for one in row.problems] for row in batch.rows.order_by("number")] == [
        ["not_a_phone"],
        ["not_a_place"],
    ]


def test_as_above_is_nobodys_name(by):
    batch = a_file(by, ["Olena", "Bondar", "", "", "", ""], ["Maksym", "j.w.", "", "", "", ""])
    assert [(one["column"], one["code"]) for one in batch.rows.get(number=3).problems] == [(1, "name_as_above")]
