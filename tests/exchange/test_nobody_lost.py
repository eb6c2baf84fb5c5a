"""Nobody is taken for somebody else unasked: after an import every person of the file is there, once."""

import io
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from openpyxl import load_workbook

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.exchange import actions
from przystan.exchange.exports import bad_rows
from przystan.exchange.models import ImportBatch
from przystan.exchange.queries.preview import rows_of
from przystan.exchange.wording import would_do
from przystan.people.actions import merge
from przystan.people.actions.names import spell
from przystan.people.models import Merge, Person, PersonName
from przystan.people.queries.many import alike_many
from przystan.people.rules.same_person import Described
from przystan.reference.loading import load_reference
from przystan.support.models import Support
from przystan.team.models import Organisation, Point
from tests import factories

from .test_import import as_csv, checked, imported

pytestmark = pytest.mark.django_db
HEADER = ["Imię", "Nazwisko", "Data ur.", "Telefon", "Nr sprawy", "Płeć"]
PHONE = "+380 67 111 22 33"


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


def known(here: Point, name: str, birth: str = "", phone: str = "", **more: Any) -> Person:
    person = factories.person(here, name, birth=birth, **more)
    if phone:
        person.channels.create(kind="phone", value=phone)
    return person


def file(*rows: list[str]) -> bytes:
    return as_csv([HEADER, *([*row, *[""] * (len(HEADER) - len(row))] for row in rows)])


def read(by: Actor, *rows: list[str]) -> ImportBatch:
    return checked(by, file(*rows))


def decisions(batch: ImportBatch) -> list[str]:
    """Of each row: "same", "new", or "asks"."""
    rows = batch.rows.order_by("number")
    return ["asks" if row.problems and row.decision == "new" else row.decision for row in rows]


# What decides alone


@pytest.mark.parametrize(
    ("registered", "row"),
    [
        (("Олена Коваленко", "1990-05-03"), ["Olena", "Kovalenko", "3.05.1990"]),
        (("Kovalenko Olena Petrivna", "1990-05-03"), ["Olena", "Kovalenko", "03.05.1990"]),
        (("Olena Kovalenko", ""), ["Olena", "Kovalenko", "", "", "KL-17"]),
        (("Olena Kovalenko", "1990"), ["Olena", "Kovalenko", "1990", "", "KL-17"]),
    ],
)
def test_name_with_full_birth_date_or_own_reference_is_somebody_known(
    by: Actor, here: Point, registered: tuple[str, str], row: list[str]
) -> None:
    person = known(here, *registered, centre_reference="KL-17" if "KL-17" in row else "")
    batch = read(by, row)
    assert [(one.decision, one.chosen) for one in batch.rows.all()] == [("same", person.ref)]
    imported(by, batch)
    assert Person.objects.count() == 1


# What never decides alone (a phone, a dummy, 1 January, a bare year, a case number, a namesake)


@pytest.mark.parametrize(
    ("registered", "row", "happens"),
    [
        pytest.param(
            ("Oksana Melnyk", "1988-04-02", PHONE), ["Danylo", "Melnyczuk", "1.09.2017", PHONE], "new", id="a son"
        ),
        pytest.param(("Oksana Melnyk", "", PHONE), ["Danylo", "Melnyczuk", "", PHONE], "new", id="phone alone"),
        pytest.param(("Oksana Melnyk", "", "000000000"), ["Ali", "Hasan", "", "000000000"], "new", id="dummy phone"),
        pytest.param(("Ali Hasan", "1980-01-01"), ["Ali", "Hasan", "1.01.1980"], "asks", id="1 January"),
        pytest.param(("Ali Hasan", "1980"), ["Ali", "Hasan", "1980"], "asks", id="bare year"),
        pytest.param(("Ali Hasan", "1980"), ["Ali", "Hasan", "7.03.1980"], "asks", id="year beside date"),
        pytest.param(("Ali Hasan", ""), ["Ali", "Hasan"], "asks", id="name alone"),
        pytest.param(("Ali Hasan", "1980-03-07"), ["Ali", "Hasan", "19.11.1980"], "new", id="another birth date"),
        pytest.param(("Ali Hasan", "1980-03-07", PHONE), ["Ali", "Hasan", "21.12.2004", PHONE], "new", id="father"),
        pytest.param(("Ali Hasan", "1980-03-07"), ["Ali", "Hasan", "8.03.1980"], "asks", id="a digit"),
        pytest.param(("Ali Hasan", "1980-03-07"), ["Ali", "Hasan", "3.07.1980"], "asks", id="swapped"),
        pytest.param(("Ali Hasan", "1980-03-07"), ["Ali", "Hasan", "7.03.1981"], "asks", id="a year off"),
        pytest.param(("Ali Hasan", "1980-03-07"), ["Ali", "Hasan", "1.01.1980"], "asks", id="a day not known"),
        pytest.param(("Danylo Koval", "2015-06-01"), ["Danyla", "Koval", "1.06.2016"], "new", id="a year apart"),
        pytest.param(("Danylo Koval", "2015-06-01"), ["Danyla", "Koval", "1.06.2015"], "asks", id="twin"),
        pytest.param(("Anna Kowalska", "2015-06-01"), ["Hanna", "Kowalska", "1.06.2015"], "asks", id="translated"),
        pytest.param(("Anita Das", "1990-05-03"), ["Anita", "De", "3.05.1990"], "new", id="Das and De"),
    ],
)
def test_what_never_decides_alone(
    by: Actor, here: Point, registered: tuple[str, ...], row: list[str], happens: str
) -> None:
    known(here, *registered)
    batch = read(by, row)
    assert decisions(batch) == [happens]
    if happens == "new":
        imported(by, batch)
        assert Person.objects.count() == 2


def test_a_sex_or_a_reference_that_differs_is_asked(by: Actor, here: Point) -> None:
    known(here, "Sasha Bondar", "1990-05-03", sex="male", centre_reference="KL-1")
    rows = read(by, ["Sasha", "Bondar", "3.05.1990", "", "KL-2"], ["Sasha", "Bondar", "3.05.1990", "", "", "K"])
    assert decisions(rows)[0] == "asks"
    assert "same" not in decisions(rows)


@pytest.mark.parametrize("row", [["Petro", "Lysenko", "", "", "KL-17"], ["Olena", "Koval", "1.02.1970", "", "KL-17"]])
def test_a_reference_with_another_name_or_birth_is_a_question(by: Actor, here: Point, row: list[str]) -> None:
    known(here, "Olena Koval", "1990-05-03", centre_reference="KL-17")
    assert decisions(read(by, row)) == ["asks"]


def test_a_reference_is_one_in_any_spelling(by: Actor, here: Point) -> None:
    person = known(here, "Olena Koval", "1990-05-03", centre_reference="GD-2020-474")
    batch = read(by, *(["Olena", "Koval", "", "", ref] for ref in ("gd 2020 474", "GD/2020/474")))
    assert [row.chosen for row in batch.rows.order_by("number")] == [person.ref] * 2


def test_all_questions_at_once_take_nobody_whose_birth_date_differs(by: Actor, here: Point) -> None:
    known(here, "Ali Hasan", "1980-03-07")
    batch = read(by, ["Ali", "Hasan", "8.03.1980"])
    actions.decide_open(by=by, batch=batch, choice="offered")
    assert decisions(batch) == ["asks"]


def test_of_several_names_only_the_best_speaks(by: Actor, here: Point) -> None:
    person = known(here, "Oksana Melnyk", "1988-03-14", centre_reference="KL-3")
    spell(PersonName(person=person, text="Оксана Мельник")).save()
    [likeness] = alike_many(by, [Described(("Oksana Melnyk",), "1988-03-14", reference="KL-3")])[0]
    assert likeness.codes == ("reference", "same_words", "birth")


# One file


def test_a_family_with_one_case_number_and_one_phone_is_a_family(by: Actor) -> None:
    family = [
        ["Olena", "Bondar", "2.03.1985", PHONE, "MOPR/12/2023"],
        ["Petro", "Bondar", "4.07.1983", PHONE, "MOPR/12/2023"],
        ["Danylo", "Bondar", "1.06.2015", PHONE, "MOPR/12/2023"],
        ["Danyla", "Bondar", "1.06.2015", PHONE, "MOPR/12/2023"],
        ["Anna", "Bondar", "9.09.2018", PHONE, "MOPR/12/2023"],
        ["Hanna", "Bondar", "9.09.2018", PHONE, "MOPR/12/2023"],
    ]
    batch = read(by, *family)
    assert decisions(batch) == ["new"] * 6
    imported(by, batch)
    assert Person.objects.count() == 6


def test_father_and_son_of_one_name_are_two(by: Actor) -> None:
    batch = read(by, ["Jan", "Nowak", "1.05.1960", PHONE, "F-1"], ["Jan", "Nowak", "2.06.1990", PHONE, "F-1"])
    assert decisions(batch) == ["new", "new"]


def test_twenty_one_different_people_are_twenty_one(by: Actor) -> None:
    """Siblings on a parent's phone, twins, short names, one dummy number, years and firsts of January."""
    people = [
        ["Oksana", "Melnyk", "2.04.1988", PHONE],
        ["Danylo", "Melnyk", "1.09.2017", PHONE],
        ["Sofiia", "Melnyk", "3.10.2019", PHONE],
        ["Marko", "Tkach", "5.05.2016", "000000000"],
        ["Markiian", "Tkach", "5.05.2016", "000000000"],
        ["Anita", "Das", "1990", "000000000"],
        ["Anita", "De", "1990", "000000000"],
        ["Ali", "Hasan", "1.01.1980"],
        ["Ali", "Hussein", "1.01.1980"],
        ["Fatima", "Said", "1.01.1990"],
        ["Fatma", "Sayed", "1.01.1991"],
        ["Roman", "Kowal", "7.07.2010", PHONE],
        ["Romana", "Kowal", "7.07.2010", PHONE],
        ["Wang", "Li", "3.03.1995"],
        ["Wang", "Lei", "3.03.1995"],
        ["Nguyen Van", "An", "4.04.1999"],
        ["Nguyen Van", "Anh", "4.04.1999"],
        ["Jan", "Nowak", "1.05.1960"],
        ["Jan", "Nowak", "1.05.1961"],
        ["Olga", "Lis", "1985"],
        ["Olha", "Lisova", "1958"],
    ]
    batch = read(by, *people)
    assert decisions(batch) == ["new"] * 21
    imported(by, batch)
    assert Person.objects.count() == 21


def test_one_person_written_twice_is_one(by: Actor) -> None:
    batch = read(by, ["Olena", "Kovalenko", "3.05.1990"], ["Олена", "Коваленко", "3.05.1990"])
    imported(by, batch)
    assert Person.objects.count() == 1


# Supports


@pytest.mark.parametrize(
    ("person", "birth", "reference"),
    [("Olga Zupełnieinna", "", "KL-17"), ("Iwan Koval", "1.02.1970", ""), ("Iwan Koval", "", ""), ("", "", "KL-17")],
)
def test_a_support_goes_to_nobody_unasked(by: Actor, here: Point, person: str, birth: str, reference: str) -> None:
    iwan = known(here, "Iwan Koval", "1990-05-03", centre_reference="KL-17")
    factories.service("Residence advice", minutes=30, names={"pl": "Porada pobytowa", "en": "Residence advice"})
    rows = [
        ["Data", "Klient", "Usługa", "Data ur.", "Nr sprawy"],
        ["2.03.2024", person, "Porada pobytowa", birth, reference],
    ]
    batch = checked(by, as_csv(rows), "supports")
    (row,) = batch.rows.all()
    assert row.decision == "new"
    assert [problem["code"] for problem in row.problems] == ["perhaps_found"]
    actions.decide(by=by, batch=batch, decisions={row.label: iwan.ref})
    batch.refresh_from_db()
    imported(by, batch)
    assert [one.person for one in Support.objects.get().recipients.all()] == [iwan]


# Deciding many at once


def test_open_rows_are_answered_together(by: Actor, here: Point) -> None:
    one = known(here, "Ali Hasan", "1980")
    known(here, "Maria Lis")
    known(here, "Maria Lis")
    rows = (["Ali", "Hasan", "1980"], ["Maria", "Lis"], ["Ewa", "Nowa", "3.03.1999"])
    batch = read(by, *rows)
    assert (decisions(batch), batch.counts["open"]) == (["asks", "asks", "new"], 2)
    assert (batch.counts["bad"], batch.counts["new"]) == (0, 1), "each row counts once"
    assert [rows_of(batch, kind).count() for kind in ("open", "bad", "left", "new")] == [2, 0, 2, 1]
    actions.decide_open(by=by, batch=batch, choice="offered")
    assert decisions(batch) == ["same", "asks", "new"]
    assert batch.rows.get(number=2).chosen == one.ref
    actions.decide_open(by=by, batch=batch, choice="new")
    assert decisions(batch) == ["same", "new", "new"]


def test_a_row_that_asks_and_is_wrong_besides_is_wrong(by: Actor, here: Point) -> None:
    """No answer would let it in."""
    known(here, "Maria Lis", "1980")
    batch = read(by, ["Maria", "Lis", "1980"], ["Maria", "Lis", "31.02.1980"], ["Ewa", "Nowa", "3.03.1999"])
    assert {kind: batch.counts[kind] for kind in ("new", "same", "skip", "bad", "open")} == {
        "new": 1, "same": 0, "skip": 0, "bad": 1, "open": 1,
    }  # fmt: skip
    assert [rows_of(batch, kind).get().number for kind in ("open", "bad", "new")] == [2, 3, 4]


def test_all_rows_or_nothing_waits_for_the_answers(by: Actor, here: Point) -> None:
    known(here, "Maria Lis")
    batch = read(by, ["Maria", "Lis"], ["Ewa", "Nowa", "3.03.1999"])
    with pytest.raises(ValidationError, match="nobody has said who is meant"):
        actions.start(by=by, batch=batch, choice="all")
    assert would_do("people", batch.counts) == ["1 row will be new.", "In 1 row you say who it is."]
    imported(by, batch, choice="good")
    batch.refresh_from_db()
    assert would_do("people", batch.counts, done=True)[1:] == ["1 row cannot be imported."]
    assert len(list(load_workbook(io.BytesIO(bad_rows(batch))).active.rows)) == 2  # the header, and whom nobody named


def test_the_page_asks_who_is_meant(by: Actor, here: Point) -> None:
    known(here, "Ali Hasan", "1980")
    batch = read(by, ["Ali", "Hasan", "1980"])
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    page = client.get(f"/imports/{batch.ref}/?rows=open").text
    assert "this may be somebody we know" in page
    assert page.count("who is it?") == 2, "of the tab and of the row, which is a question and no mistake"
    answer = client.post(f"/imports/{batch.ref}/decisions/", {"all": "offered"}, follow=True)
    assert decisions(batch) == ["same"]
    assert "All open rows" not in answer.text


def test_what_is_chosen_counts_without_keeping_it_first(by: Actor, here: Point) -> None:
    """Who answers the rows and presses "Import" at once has answered them: both are one form in the browser."""
    ali = known(here, "Ali Hasan", "1980")
    batch = read(by, ["Ali", "Hasan", "1980"])
    (row,) = batch.rows.all()
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    page = client.get(f"/imports/{batch.ref}/").text
    assert f'form="rows" formaction="/imports/{batch.ref}/run/"' in page
    assert '<form id="rows"' in page
    assert page.count('name="choice"') == len(re.findall(r'<input[^>]*name="choice"[^>]* form="rows"', page)) == 2
    client.post(f"/imports/{batch.ref}/run/", {f"row-{row.number}": ali.ref, "choice": "all"})
    assert decisions(batch) == ["same"]
    batch.refresh_from_db()
    assert batch.state == "running"


def test_a_row_is_asked_about_once(by: Actor, here: Point) -> None:
    """It may be somebody of the register, and the person of another row besides: one question."""
    known(here, "Olena Kowalenko", "1988-02-13", phone=PHONE)
    batch = read(by, ["Olena", "Kowalenko", "13.02.1988", PHONE], ["Olena", "Kowalenko", "", PHONE])
    assert [[one["code"] for one in row.problems] for row in batch.rows.order_by("number")] == [[], ["perhaps_known"]]


# Undo


@pytest.mark.parametrize("kept_from_file", [True, False])
def test_undoing_an_import_keeps_a_merge_and_both_its_sides(by: Actor, here: Point, kept_from_file: bool) -> None:
    older = known(here, "Olena Koval", "1990")
    batch = imported(by, read(by, ["Olena", "Kowalczuk", "3.05.1990", PHONE], ["Ewa", "Nowa", "4.04.1999"]))
    newer = Person.objects.get(names__text="Olena Kowalczuk")
    kept, absorbed = (newer, older) if kept_from_file else (older, newer)
    merge(by=by, kept=kept, absorbed=absorbed)
    undone = actions.undo(by=by, batch=batch)
    assert (undone.removed, undone.staying) == (1, ["2"])
    assert Merge.objects.get().absorbed == absorbed
    assert set(Person.objects.values_list("pk", flat=True)) == {older.pk, newer.pk}
