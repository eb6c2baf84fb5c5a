"""The lists behind numbers of results, on pages and read back from a workbook: every column of them."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from przystan.funding.enums import Counted
from przystan.funding.models import Indicator
from przystan.institutions.actions import merge, undo_merge
from tests import factories

DAY, LATER, BACK = date(2026, 6, 15), date(2026, 6, 20), date(2026, 7, 1)


class House:
    """A woman who gained a level twice, once by mistake; her brother; a school supported twice; hours of an event."""

    def __init__(self) -> None:
        self.point = factories.point(factories.organisation(), name="Harbour")
        self.programme = factories.programme(self.point.organisation)
        self.levels = factories.result_kind("levels", names={"en": "Polish"})
        self.hours = factories.result_kind("minutes", "nobody", names={"en": "Lessons held"})
        self.helped = factories.result_kind("yes", "institution", names={"en": "School supported"})
        self.olena, self.petro = (factories.person(self.point, name) for name in ("Olena", "Petro"))
        self.home = factories.household(self.olena, self.petro)
        self.school = factories.institution(self.point.organisation)
        level = {"before": "A1", "after": "A2", "proof": "test", "evidence": "folder 7", "household": self.home}
        self.first = self.note(self.levels, self.olena, DAY, **level)
        wrong = self.note(self.levels, self.olena, LATER, before="A2", after="B1", household=self.home)
        self.counter = factories.reverse_result(wrong, BACK)
        self.wrong = wrong
        self.brothers = self.note(self.levels, self.petro, LATER, after="A1", household=self.home)
        self.supported = [self.note(self.helped, None, day, institution=self.school) for day in (DAY, LATER)]
        self.held = self.note(self.hours, None, DAY, minutes=90, proof="list")

    def note(self, kind: Any, person: Any, day: date, **values: Any) -> Any:
        return factories.count_for(factories.result(self.point, kind, person, day, **values), self.programme)

    def indicator(self, counted: str, *kinds: Any) -> Indicator:
        return factories.indicator(self.programme, counted, kinds=kinds, names={"en": Counted(counted).name})

    def client(self, role: str = "coordinator") -> Client:
        found = Client(headers={"accept-language": "en"})
        found.force_login(factories.user(self.point.organisation, role))
        return found

    def sheet(self, counted: str, *kinds: Any) -> list[tuple[Any, ...]]:
        """The list of an indicator, as a spreadsheet program reads it: dates as days, its header first, no total."""
        self.indicator(counted, *kinds)
        answer = self.client().post(
            reverse("reports:export", args=[self.programme.ref]), {"format": "xlsx", "names": "on"}
        )
        page = load_workbook(io.BytesIO(answer.content))[f"1 {Counted(counted).name}"]
        *rows, total = page.values
        assert total[0] == "Total"
        return [tuple(cell.date() if hasattr(cell, "date") else cell for cell in row) for row in rows]


@pytest.fixture
def house(db: None) -> House:
    return House()


def test_every_column_of_a_list_of_results(house: House) -> None:
    header, *rows = house.sheet("results", house.levels)
    assert header == (
        *("Reference", "Counts as", "Day", "Counted on", "What came of it", "Point", "Minutes", "Institution"),
        *("Level before", "Level now", "Proven by", "Where the proof is", "People", "Names"),
    )
    by_ref = {row[0]: row[1:] for row in rows}
    assert by_ref[house.first.ref] == (
        *(1, DAY, DAY, "Polish", "Harbour", 0, None, "A1", "A2", "a test or an exam", "folder 7"),
        *(house.olena.ref, "Olena"),
    )
    assert by_ref[house.counter.ref][:3] == (-1, LATER, BACK)
    assert by_ref[house.counter.ref][7:9] == ("A2", "B1")
    assert sum(row[1] for row in rows) == 2
    assert len(rows) == 4


def test_hours_given_add_up_in_hours(house: House) -> None:
    header, row = house.sheet("hours_given", house.hours)
    assert row[header.index("Counts as")] == 1.5
    assert row[header.index("Minutes")] == 90
    assert row[header.index("Proven by")] == "a list of attendance, a register"


def test_an_institution_is_one_row_with_its_entries(house: House) -> None:
    assert house.sheet("institutions") == [
        ("Reference", "Institution", "Entries", "First day", "Last day"),
        (house.school.ref, "School 912", 2, DAY, LATER),
    ]


def test_a_household_is_one_row_with_its_people(house: House) -> None:
    _header, row = house.sheet("achiever_households", house.levels)
    assert set(row[0].split()) == {house.olena.ref, house.petro.ref}
    assert row[2:] == (2, DAY, LATER)


def test_people_with_a_result_are_one_row_each(house: House) -> None:
    _header, *rows = house.sheet("achievers", house.levels)
    assert {(row[0], row[2]) for row in rows} == {(house.olena.ref, 1), (house.petro.ref, 1)}


def test_from_an_institution_to_its_entries(house: House) -> None:
    found = house.indicator("institutions")
    client, url = house.client("grant_officer"), reverse("reports:evidence", args=[house.programme.ref, found.ref])
    listed = client.get(url).content.decode()
    assert "School 912" in listed
    assert f"institution={house.school.ref}" in listed
    entries = client.get(url, {"institution": house.school.ref})
    assert entries.context["page"].total == 2
    assert all(one.ref in entries.content.decode() for one in house.supported)
    elsewhere = factories.institution(factories.organisation())
    assert client.get(url, {"institution": elsewhere.ref}).status_code == 404


def test_only_rows_that_it_can_have_are_offered(house: House) -> None:
    found = house.indicator("institutions")
    page = house.client().get(reverse("reports:indicator", args=[house.programme.ref, found.ref]))
    assert [one.value for one, _ in page.context["choices"]] == ["point", "result"]


def test_an_institution_that_was_merged_away_is_the_kept_one(house: House) -> None:
    twin = factories.institution(house.point.organisation, "School no. 912")
    house.note(house.helped, None, DAY, institution=twin)
    by = factories.actor(house.point.organisation, "coordinator")
    found = house.indicator("institutions")
    assert _number(house, found) == 2
    done = merge(by=by, kept=house.school, absorbed=twin)
    assert _number(house, found) == 1
    undo_merge(by=by, merge=done)
    assert _number(house, found) == 2


def _number(house: House, indicator: Indicator) -> int:
    page = house.client().get(reverse("reports:indicator", args=[house.programme.ref, indicator.ref]))
    return int(page.context["line"].number)
