"""People we know are completed by a file: what is empty is filled, shown before, chosen, and undone with the import."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from przystan.access.actors import Actor
from przystan.access.models import AuditEntry, User
from przystan.exchange import actions
from przystan.exchange.actions.adding import would_add
from przystan.exchange.models import ImportBatch
from przystan.people.actions import keep_channel, merge
from przystan.people.models import Person
from przystan.reference.loading import load_reference
from przystan.team.models import Organisation, Point
from tests import factories

from .test_import import as_csv, checked

pytestmark = pytest.mark.django_db
HEADER = ["Imię", "Nazwisko", "Data ur.", "Telefon", "E-mail", "Obywatelstwo", "Miasto", "Tytuł pobytu", "Ważny do"]
HEADER += ["Język", "Płeć"]
OLENA = ["Олена", "Коваленко", "3.05.1990", "600 100 200", "olena@example.org", "Ukraina", "Gdańsk", "PESEL UKR"]
OLENA += ["4.03.2027", "ukraiński", "K"]


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


@pytest.fixture
def olena(here: Point) -> Person:
    return factories.person(here, "Олена Коваленко", birth="1990-05-03")


def completed(by: Actor, *rows: list[str], complete: bool = True) -> ImportBatch:
    batch = checked(by, as_csv([HEADER, *rows]))
    actions.start(by=by, batch=batch, choice="all", complete=complete)
    actions.run(by=by, batch=batch)
    batch.refresh_from_db()
    return batch


def facts(person: Person) -> dict[str, list[str]]:
    person.refresh_from_db()
    return {
        "sex": [person.sex],
        "channels": [one.value for one in person.channels.order_by("pk")],
        "citizenships": [one.country for one in person.citizenships.order_by("pk")],
        "towns": [one.place.name for one in person.dwellings.order_by("pk")],
        "titles": [f"{one.title.code} {one.valid_to}" for one in person.titles.order_by("pk")],
        "languages": [one.language for one in person.languages.order_by("pk")],
    }


NOTHING = {"sex": ["unknown"], "channels": [], "citizenships": [], "towns": [], "titles": [], "languages": []}
ALL = {
    "sex": ["female"],
    "channels": ["600 100 200", "olena@example.org"],
    "citizenships": ["UA"],
    "towns": ["Gdańsk"],
    "titles": ["ukr 2027-03-04"],
    "languages": ["uk"],
}


def test_what_the_register_does_not_know_is_shown_added_and_undone(by, olena):
    batch = checked(by, as_csv([HEADER, OLENA]))
    row = batch.rows.get()
    assert (row.decision, row.chosen) == ("same", olena.ref)
    assert would_add(by, batch, [row])[row.pk] == {
        "sex": "female",
        "citizenships": ["UA"],
        "title": "ukr",
        "title_to": "2027-03-04",
        "place": row.entry["place"],
        "phones": ["600 100 200"],
        "emails": ["olena@example.org"],
        "languages": ["uk"],
    }
    assert facts(olena) == NOTHING
    actions.start(by=by, batch=batch, choice="all", complete=True)
    actions.run(by=by, batch=batch)
    assert facts(olena) == ALL
    assert AuditEntry.objects.filter(action="person.complete", object_ref=olena.ref).count() == 1
    batch.refresh_from_db()
    assert actions.undo(by=by, batch=batch).added == []
    assert facts(olena) == NOTHING
    assert Person.objects.count() == 1


def test_nothing_is_added_unless_it_is_chosen(by, olena):
    completed(by, OLENA, complete=False)
    assert facts(olena) == NOTHING


def test_what_is_known_is_neither_changed_nor_doubled(by, olena):
    completed(by, OLENA)
    other = [*OLENA]
    other[3:8] = ["600-100-200", "OLENA@example.org", "Białoruś", "Sopot", "pobyt czasowy i praca"]
    other[8], other[9] = "", "rosyjski"
    completed(by, other)
    assert facts(olena) == ALL


def test_a_new_number_and_a_title_with_days_come_beside_the_old_ones(by, olena):
    completed(by, OLENA)
    later = [*OLENA]
    later[3], later[7], later[8] = "+380 67 111 22 33", "pobyt czasowy i praca", "1.02.2029"
    completed(by, later)
    assert facts(olena)["channels"] == [*ALL["channels"], "+380 67 111 22 33"]
    assert facts(olena)["titles"] == ["ukr 2027-03-04", "trp_work 2029-02-01"]


def test_two_rows_about_one_person_add_a_thing_once(by, olena):
    again = [*OLENA]
    again[3] = "500 200 300"
    batch = completed(by, OLENA, again)
    assert facts(olena) == {**ALL, "channels": [*ALL["channels"], "500 200 300"]}
    actions.undo(by=by, batch=batch)
    assert facts(olena) == NOTHING


def test_somebody_twice_in_a_file_is_made_once_with_both_numbers_and_goes_at_the_undo(by):
    again = [*OLENA]
    again[3] = "500 200 300"
    batch = completed(by, OLENA, again)
    assert facts(Person.objects.get())["channels"] == [*ALL["channels"], "500 200 300"]
    assert actions.undo(by=by, batch=batch).staying == []
    assert not Person.objects.exists()


def test_undo_spares_what_was_touched_since_and_names_its_row(by, olena):
    batch = completed(by, OLENA)
    channel = olena.channels.get(kind="phone")
    channel.value = "600 100 201"
    keep_channel(by=by, fact=channel, fields=["value"])
    Person.objects.filter(pk=olena.pk).update(sex="other")
    assert actions.undo(by=by, batch=batch).added == ["2"]
    assert facts(olena) == {**NOTHING, "sex": ["other"], "channels": ["600 100 201"]}


def test_undo_leaves_somebody_who_was_merged_since_as_they_are(by, here, olena):
    batch = completed(by, OLENA)
    older = factories.person(here, "Olena Kowalenko", birth="1990-05-03")
    merge(by=by, kept=older, absorbed=olena)
    assert actions.undo(by=by, batch=batch).added == ["2"]
    assert facts(older)["channels"] == ALL["channels"]


def test_nothing_is_added_to_people_whose_data_is_only_kept(by, olena):
    Person.objects.filter(pk=olena.pk).update(restricted_on="2026-01-01")
    completed(by, OLENA)
    assert facts(olena) == NOTHING


def test_nothing_is_added_where_the_importer_does_not_lead(centre, here, by, olena):
    """Whoever leads another point may link a row, and write nothing there."""
    other = factories.actor(centre, "coordinator", at=factories.point(centre, "Sopot"))
    batch = checked(by, as_csv([HEADER, OLENA]))
    assert would_add(by, batch, list(batch.rows.all()))
    assert not other.leads_at(here.pk)
    assert not would_add(other, batch, list(batch.rows.all()))


def test_a_thousand_known_people_are_completed_in_few_statements(by, here):
    def run(names: list[str]) -> int:
        for name in names:
            factories.person(here, f"{name} Kowalenko", birth="1990-05-03")
        rows = [[name, "Kowalenko", *OLENA[2:3], f"60010020{place}", *[""] * 7] for place, name in enumerate(names)]
        batch = checked(by, as_csv([HEADER, *rows]), name=f"{len(names)}.csv")
        assert batch.counts["same"] == len(names)
        actions.start(by=by, batch=batch, choice="all", complete=True)
        with CaptureQueriesContext(connection) as captured:
            actions.run(by=by, batch=batch)
        return len(captured)

    assert run(["Oksana", "Halyna", "Nadia", "Zoja"]) == run(["Wira"])


def page(by: Actor, batch: ImportBatch, query: str = "") -> str:
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    html = client.get(f"/imports/{batch.ref}/{query}", headers={"accept-language": "en"}).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_what_was_understood_stands_beside_what_stood_there_and_stays(by, olena):
    row = [*OLENA]
    row[2], row[5] = "32996", "ukr"
    batch = checked(by, as_csv([HEADER, row]))
    before = page(by, batch)
    assert "Data ur.: 32996" in before
    assert before.index("family name: Коваленко") < before.index("born: 3 May 1990") < before.index("town: Gdańsk")
    assert "citizenship: Ukraine" in before
    assert "Could be added:" in before
    actions.start(by=by, batch=batch, choice="all", complete=True)
    actions.run(by=by, batch=batch)
    after = page(by, batch)
    assert "32996" not in after
    assert "born: 3 May 1990" in after
    assert "Added:" in after


def test_two_who_may_be_meant_are_told_apart_and_each_reason_stands_once(by, here):
    factories.person(here, "Jan Kowalski", birth="1988", centre_reference="KL-1")
    factories.person(here, "Jan Kowalski", birth="1990-02-01", centre_reference="KL-2")
    batch = checked(by, as_csv([["Imię", "Nazwisko"], ["Jan", "Kowalski"]]))
    text = page(by, batch)
    assert "born 1988, KL-1" in text
    assert "born 1 February 1990, KL-2" in text
    assert text.count("same spelling") == 2
