"""Families in one file: people, their household and relations; shown before, undone after."""

import io
from collections.abc import Sequence

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from przystan.access.actors import Actor, system
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.exchange import actions
from przystan.exchange.actions.forgetting import forget
from przystan.exchange.exports import bad_rows
from przystan.exchange.models import ImportBatch
from przystan.exchange.queries.preview import shown
from przystan.people.actions import found_household, live_together, relate
from przystan.people.actions.putting_away import traces_of
from przystan.people.models import Household, HouseholdMember, Person, Relation
from przystan.reference.loading import load_reference
from przystan.team.models import Organisation, Point
from tests import factories

from .test_import import as_csv, checked

pytestmark = pytest.mark.django_db
Rows = Sequence[Sequence[str]]
NUMBERED = [
    ["Nr rodziny", "Imię", "Nazwisko", "Data ur.", "Pokrewieństwo"],
    ["R/1", "Olena", "Kowalenko", "3.05.1990", "matka"],
    ["R/2", "Giorgi", "Beridze", "1.02.1985", "głowa rodziny"],
    ["R/1", "Danylo", "Kowalenko", "1.09.2017", "syn"],
    ["R/2", "Nino", "Beridze", "7.07.1987", "żona"],
    ["", "Amina", "Diallo", "4.04.1999", ""],
]


@pytest.fixture
def centre() -> Organisation:
    load_reference()
    return factories.organisation()


@pytest.fixture
def here(centre: Organisation) -> Point:
    return factories.point(centre)


@pytest.fixture
def by(centre: Organisation, here: Point) -> Actor:
    return factories.actor(centre, "coordinator", at=here)


def imported(by: Actor, batch: ImportBatch, choice: str = "all", **also: bool) -> ImportBatch:
    actions.start(by=by, batch=batch, choice=choice, **{"complete": True, "families": True, **also})
    actions.run(by=by, batch=batch)
    batch.refresh_from_db()
    return batch


def brought(by: Actor, rows: Rows, **also: bool) -> ImportBatch:
    return imported(by, checked(by, as_csv(rows)), **also)


def called(person: Person) -> str:
    return str(person.names.get().text)


def households() -> list[list[str]]:
    """The members of each household, with their roles."""
    rows = HouseholdMember.objects.order_by("household_id", "id").select_related("person")
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.household_id, []).append(f"{called(row.person)} {row.role}")
    return sorted(found.values())


def related() -> list[str]:
    rows = Relation.objects.order_by("id").select_related("person", "other")
    return sorted(f"{called(row.person)} {row.kind} {called(row.other)}" for row in rows)


def families(batch: ImportBatch) -> list[list[str]]:
    found = [row.entry["family"] for row in batch.rows.all() if "family" in row.entry]
    return sorted({tuple(one): list(one) for one in found}.values())


def said(by: Actor, batch: ImportBatch) -> dict[str, str]:
    rows = list(batch.rows.order_by("number", "part"))
    return {one.row.label: "; ".join(f"{s.word}: {s.text}" for s in one.read) for one in shown(by, batch, rows, {})}


BOTH = [["Giorgi Beridze head", "Nino Beridze partner"], ["Olena Kowalenko head", "Danylo Kowalenko child"]]
TIES = ["Nino Beridze partner Giorgi Beridze", "Olena Kowalenko parent Danylo Kowalenko"]


def test_a_shared_number_is_a_family_shown_before_and_undone_after(by):
    batch = checked(by, as_csv(NUMBERED))
    assert batch.counts["families"] == 2
    assert "family: Danylo Kowalenko (4); what they are in the family: mother" in said(by, batch)["2"]
    assert not Household.objects.exists()
    imported(by, batch)
    assert households() == BOTH
    assert related() == TIES
    assert Person.objects.get(names__text="Nino Beridze").sex == "female"
    assert actions.undo(by=by, batch=batch).staying == []
    assert [model.objects.count() for model in (Person, Household, Relation)] == [0, 0, 0]


def test_a_number_filled_only_for_the_first_goes_on_below(by):
    rows = [[*row] for row in (NUMBERED[0], NUMBERED[1], NUMBERED[3], NUMBERED[2], NUMBERED[4])]
    rows[2][0] = rows[4][0] = ""
    brought(by, rows)
    assert households() == BOTH


def test_whoever_is_said_to_be_kin_of_nobody_is_told(by):
    rows = [
        ["Nr rodziny", "Imię i nazwisko", "Pokrewieństwo"],
        ["1", "Olena Kowalenko", "matka"],
        ["1", "Danylo Kowalenko", "syn"],
        ["3", "Giorgi Beridze", "wnioskodawca"],
        ["", "Nino Beridze", "żona"],
        ["", "Amina Diallo", ""],
    ]
    batch = checked(by, as_csv(rows))
    assert families(batch) == [["2", "3"]]
    found = {row.number: row.remarks for row in batch.rows.all() if row.remarks}
    assert found == {5: [{"column": 2, "code": "of_no_family", "text": "żona"}]}
    [row] = shown(by, batch, list(batch.rows.filter(number=5)), {})
    assert "Pokrewieństwo, “żona”: said to be this in a family" in row.remarks[0]


def test_a_head_has_members_in_the_rows_below(by):
    header = ["Głowa rodziny", "Imię i nazwisko", "Data ur.", "Kim jest"]
    rows = [
        header,
        ["tak", "Giorgi Beridze", "1985", ""],
        ["", "Nino Beridze", "1987", "żona"],
        ["tak", "Amina Diallo", "1999", ""],
    ]
    brought(by, rows)
    assert households() == [BOTH[0]]
    assert related() == TIES[:1]


def test_what_they_are_to_each_other_is_enough(by):
    rows = [
        ["Imię i nazwisko", "Pokrewieństwo"],
        ["Giorgi Beridze", "wnioskodawca"],
        ["Nino Beridze", "żona"],
        ["Luka Beridze", "syn"],
        ["Amina Diallo", ""],
    ]
    brought(by, rows)
    assert households() == [["Giorgi Beridze head", "Nino Beridze partner", "Luka Beridze child"]]
    assert related() == ["Giorgi Beridze parent Luka Beridze", TIES[0]]


def test_several_people_in_a_row_become_as_many(by):
    rows = [
        ["Imię", "Nazwisko", "Data ur.", "Mąż", "Dzieci", "Dziecko 3", "Dziecko 3 data ur.", "Liczba dzieci"],
        ["Olena", "Kowalenko", "3.05.1990", "Petro Kowalenko", "Anna (2015), Danylo ur. 1.09.2017", "Iwo", "2020", "3"],
        ["Amina", "Diallo", "1999", "", "", "", "", "0"],
    ]
    batch = checked(by, as_csv(rows))
    assert [row.label for row in batch.rows.all()] == ["2", "2.2", "2.3", "2.4", "2.5", "3"]
    assert (batch.rows_total, batch.counts["new"], batch.counts["families"]) == (2, 6, 1)
    assert "family name is taken from the row" in str(
        [one.remarks for one in shown(by, batch, list(batch.rows.filter(part=2)), {})]
    )
    imported(by, batch)
    births = {called(one): (one.birth, one.sex) for one in Person.objects.all()}
    assert births["Danylo Kowalenko"] == ("2017-09-01", "unknown")
    assert births["Anna Kowalenko"] == ("2015", "unknown")
    assert births["Iwo Kowalenko"] == ("2020", "unknown")
    assert births["Petro Kowalenko"] == ("", "male")
    assert related() == [
        "Olena Kowalenko parent Anna Kowalenko",
        "Olena Kowalenko parent Danylo Kowalenko",
        "Olena Kowalenko parent Iwo Kowalenko",
        "Petro Kowalenko partner Olena Kowalenko",
    ]
    assert actions.undo(by=by, batch=batch).removed == 6
    assert not Household.objects.exists()


def test_whoever_stands_in_a_row_needs_no_number_and_keeps_their_words(by):
    header = ["Nr rodziny", "Klient", "Dzieci"]
    rows = [header, ["R1", "Mykola Bilyk", "Anna (2015), Iwo"], ["", "Vira Bilyk", ""]]
    batch = checked(by, as_csv(rows))
    remarks = [[one["code"] for one in row.remarks] for row in batch.rows.all()]
    assert remarks == [[], ["family_name_of_row"], ["family_name_of_row"], ["family_above"]]
    assert batch.rows.get(part=1).cells[2] == "Anna (2015)"


def test_a_check_again_makes_nobody_twice(by):
    batch = checked(by, as_csv([["Klient", "Dzieci"], ["Olena Kowalenko", "Anna, Danylo"]]))
    mapping = {int(column): field for column, field in batch.mapping.items()}
    actions.match_columns(by=by, batch=batch, mapping=mapping)
    batch.refresh_from_db()
    actions.check(by=by, batch=batch)
    assert [row.label for row in batch.rows.all()] == ["2", "2.2", "2.3"]
    batch.refresh_from_db()
    actions.match_columns(by=by, batch=batch, mapping={0: "name"})
    batch.refresh_from_db()
    actions.check(by=by, batch=batch)
    assert [row.label for row in batch.rows.all()] == ["2"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Anna 2015, Piotr (3.05.2018)", "Anna Kowalenko 2015; Piotr Kowalenko 2018-05-03"),
        ("córka Anna (7 lat), syn Piotr 5 l.", "Anna Kowalenko 2017 female; Piotr Kowalenko 2019 male"),
        ("Anna, 2015; Piotr, 2018", "Anna Kowalenko 2015; Piotr Kowalenko 2018"),
        ("Anna i Piotr", "Anna Kowalenko; Piotr Kowalenko"),
        ("Anna Maria Nowak ur. 2015 r.", "Anna Maria Nowak 2015"),
        ("Анна 2015\nПетро 2018", "Анна Kowalenko 2015; Петро Kowalenko 2018"),
        ("2", ""),
        ("dwoje", "dwoje Kowalenko"),
        ("brak", ""),
    ],
)
def test_cells_with_children_are_read_as_clerks_write_them(by, cell, expected):
    rows = [["Imię", "Nazwisko", "Data wpisu", "Dzieci"], ["Olena", "Kowalenko", "1.02.2024", cell]]
    found = [row.entry for row in checked(by, as_csv(rows)).rows.exclude(part=0)]
    words = [[one["names"][0]["text"], one.get("birth", ""), one.get("sex", "")] for one in found]
    assert "; ".join(" ".join(filter(None, one)) for one in words) == expected


def test_the_family_name_is_where_the_header_says(by):
    for header, name in (("Nazwisko i imię", "Kowalenko Olena"), ("Imię i nazwisko", "Olena Kowalenko")):
        batch = checked(by, as_csv([[header, "Dzieci"], [name, "Anna"]]))
        assert batch.rows.get(part=1).entry["names"][0]["text"] == "Anna Kowalenko"
    batch = checked(by, as_csv([["Imię i nazwisko", "Dzieci"], ["Olena Maria Kowalenko", "Anna"]]))
    assert batch.rows.get(part=1).entry["names"][0]["text"] == "Anna"


def test_one_reference_of_several_people_is_a_family_and_of_many_is_none(by):
    header = ["Imię i nazwisko", "Data ur.", "Nr sprawy"]
    people = [["Iryna Bondarenko", "1985", "M/12"], ["Taras Bondarenko", "2015", "M/12"]]
    batch = checked(by, as_csv([header, *people]))
    assert families(batch) == [["2", "3"]]
    assert (batch.counts["new"], batch.counts["noted"]) == (2, 2)
    many = [[f"Anna {letter * 4}owska", str(1960 + place), "1"] for place, letter in enumerate("bcdfghjklmnprstw")]
    batch = checked(by, as_csv([header, *many]))
    assert families(batch) == []
    assert batch.counts["noted"] == len(many)


def test_an_unknown_word_is_asked_once_for_the_file(by):
    batch = checked(by, as_csv([["Nr rodziny", "Klient", "Pokrewieństwo"], ["1", "Ada", "ona"], ["1", "Iwo", "syn"]]))
    assert [one["code"] for one in batch.rows.get(number=2).problems] == ["not_a_family_role"]


def test_people_who_are_known_are_completed_and_only_then(by, here):
    olena = factories.person(here, "Olena Kowalenko", birth="1990-05-03")
    batch = brought(by, NUMBERED, complete=False)
    assert households() == [BOTH[0]]
    actions.undo(by=by, batch=batch)
    batch = checked(by, as_csv(NUMBERED))
    assert batch.rows.get(number=2).chosen == olena.ref
    imported(by, batch)
    assert households() == BOTH
    row = batch.rows.get(number=2)
    assert {"family", "family_role"} <= row.added["said"].keys()
    assert actions.undo(by=by, batch=batch).added == []
    assert list(Person.objects.all()) == [olena]
    assert not Household.objects.exists()


def test_whoever_lives_with_others_stays_there_and_the_family_joins(by, here, client):
    olena = factories.person(here, "Olena Kowalenko", birth="1990-05-03")
    home = found_household(by=by, person=olena)
    batch = checked(by, as_csv(NUMBERED))
    client.force_login(User.objects.get(pk=by.user_id))
    assert "keeps house with somebody in the register" in client.get(f"/imports/{batch.ref}/").content.decode()
    imported(by, batch)
    assert [called(one.person) for one in home.members.order_by("id")] == [
        "Olena Kowalenko",
        "Danylo Kowalenko",
    ]
    actions.undo(by=by, batch=batch)
    assert [one.person for one in home.members.all()] == [olena]


def test_undo_keeps_a_family_whose_child_was_used_since_and_names_it(by, here):
    olena = factories.person(here, "Olena Kowalenko", birth="1990-05-03")
    batch = brought(by, NUMBERED)
    danylo = Person.objects.get(names__text="Danylo Kowalenko")
    factories.support(here, factories.service(), danylo)
    undone = actions.undo(by=by, batch=batch)
    assert (undone.staying, undone.added) == (["4"], ["2"])
    assert households() == [["Olena Kowalenko head", "Danylo Kowalenko child"]]
    assert olena.relations.get().other == danylo


@pytest.mark.parametrize("tie", ["relation", "household"])
def test_undo_spares_whom_somebody_was_tied_to_since(by, here, tie):
    batch = brought(by, NUMBERED)
    danylo = Person.objects.get(names__text="Danylo Kowalenko")
    granny = factories.person(here, "Halyna Kowalenko")
    if tie == "relation":
        relate(by=by, person=granny, other=danylo, kind="guardian")
    else:
        live_together(by=by, person=granny, other=danylo)
    assert actions.undo(by=by, batch=batch).staying == ["4"]


@pytest.mark.parametrize(("roles", "apart"), [(("matka", "syn"), True), (("", ""), False)], ids=["tie", "home"])
def test_whoever_came_with_one_file_and_got_a_family_with_another_stays(by, here, roles, apart):
    """A relation says as much of its other side, and a new place at home of whoever lived there."""
    olena = factories.person(here, "Olena Kowalenko", birth="1990-05-03")
    if apart:
        found_household(by=by, person=olena)
    piotr = ["R/1", "Piotr", "Kowalenko", "1.09.2019", "syn"]
    first = brought(by, [NUMBERED[0], NUMBERED[3], piotr])
    brought(by, [NUMBERED[0], *([*row[:4], role] for row, role in zip((NUMBERED[1], NUMBERED[3]), roles, strict=True))])
    assert actions.undo(by=by, batch=first).staying == ["2"]
    assert sorted(map(called, Person.objects.all())) == ["Danylo Kowalenko", "Olena Kowalenko"]


def test_undo_leaves_a_household_where_somebody_lives_of_whom_the_importer_may_not_know(centre, by, here):
    olena = factories.person(here, "Olena Kowalenko", birth="1990-05-03")
    with acting(by):
        batch = brought(by, NUMBERED)
    elsewhere = factories.person(factories.point(centre, "There"), "Bohdan Kowalenko")
    with acting(leads_all := factories.actor(centre, "coordinator")):
        home = live_together(by=leads_all, person=elsewhere, other=olena).household
    with acting(by):
        actions.undo(by=by, batch=batch)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit asks
    assert [one.person for one in home.members.all()] == [elsewhere]


def test_no_row_keeps_that_it_tied_somebody_to_who_is_protected(centre, by, here):
    for name, birth in (("Olena Kowalenko", "1990-05-03"), ("Danylo Kowalenko", "2017-09-01")):
        factories.person(here, name, birth=birth)
    batch = brought(by, NUMBERED)
    olena, danylo = batch.rows.get(number=2), batch.rows.get(number=4).person
    assert f"'other': '{danylo.pk}'" in str(olena.added)
    with acting(system(centre.pk, "tests")) as machine:
        forget(by=machine, person=danylo, traces=traces_of(danylo), elsewhere={})
    olena.refresh_from_db()
    assert [fact[0] for fact in olena.added["facts"]] == ["people.householdmember"]


def test_without_the_tick_nobody_is_joined(by):
    brought(by, NUMBERED, families=False)
    assert not Household.objects.exists()


def test_a_member_left_out_is_in_no_family(by):
    batch = checked(by, as_csv(NUMBERED))
    actions.decide(by=by, batch=batch, decisions={"4": "skip"})
    imported(by, batch)
    assert households() == [BOTH[0]]


def test_a_row_of_which_one_person_is_left_is_taken_out_whole(by):
    rows = [["Klient", "Dzieci"], ["Olena Kowalenko", "Anna 31.02.2015, Ivan"]]
    batch = checked(by, as_csv(rows))
    assert [row.label for row in batch.rows.exclude(problems=[])] == ["2.2"]
    with pytest.raises(ValidationError):
        actions.start(by=by, batch=batch, choice="all")
    sheet = load_workbook(io.BytesIO(bad_rows(batch))).active
    assert [cell.value for cell in sheet[2]][:2] == rows[1]


def test_each_person_of_a_row_is_decided_on_its_own_page(by, client: Client):
    batch = checked(by, as_csv([["Klient", "Dzieci"], ["Olena Kowalenko", "Anna 2015, Ivan 2016"]]))
    client.force_login(User.objects.get(pk=by.user_id))
    page = client.get(f"/imports/{batch.ref}/").content.decode()
    assert 'name="row-2.3"' in page
    assert "The rows tell of 1 family." in page
    client.post(f"/imports/{batch.ref}/decisions/", {"row-2.3": "skip"})
    assert [row.decision for row in batch.rows.all()] == ["new", "new", "skip"]
