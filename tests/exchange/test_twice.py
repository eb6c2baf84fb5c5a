"""The same support twice, in one file or again in another: asked of people, remarked of anonymous contacts."""

import pytest

from przystan.access.actors import Actor
from przystan.exchange import actions
from przystan.exchange.models import ImportBatch
from przystan.exchange.queries.preview import rows_of
from przystan.exchange.rules.repeats import Given, Seen
from przystan.people.models import Person
from przystan.support.models import Support
from tests import factories

from .test_import import as_csv, checked, imported

pytestmark = pytest.mark.django_db
HEADER = ["Data", "Nr klienta", "Klient", "Usługa", "Minuty", "Doradca", "Liczba osób"]
ONE = ["1.02.2024", "KL-1", "Iwan Bondar", "Porada prawna", "30", "", ""]


@pytest.fixture
def by() -> Actor:
    centre = factories.organisation()
    here = factories.point(centre)
    service = factories.service("Porada prawna", 30)
    service.names["pl"] = "Porada prawna"
    service.save()
    factories.person(here, "Iwan Bondar", centre_reference="KL-1")
    return factories.actor(centre, "coordinator", at=here)


def file(by: Actor, *rows: list[str], name: str = "a.csv") -> ImportBatch:
    return checked(by, as_csv([HEADER, *rows]), "supports", name)


def asked(batch: ImportBatch) -> dict[int, set[str]]:
    return {row.number: {one["code"] for one in row.problems} for row in batch.rows.order_by("number") if row.problems}


def changed(**values: str) -> list[str]:
    row = [*ONE]
    for name, value in values.items():
        row[["day", "ref", "name", "service", "minutes", "staff", "count"].index(name)] = value
    return row


def test_the_same_row_twice_is_asked_and_what_is_asked_is_not_imported(by):
    batch = file(by, ONE, ONE, changed(day="2.02.2024"))
    assert asked(batch) == {3: {"twice_in_file"}}
    assert (batch.counts["same"], batch.counts["open"]) == (2, 1)
    assert [row.number for row in rows_of(batch, "open")] == [3]
    imported(by, batch, "good")
    assert Support.objects.count() == 2


def test_a_file_that_overlaps_with_the_ledger_is_asked(by):
    imported(by, file(by, ONE))
    again = file(by, ONE, changed(minutes="45"), changed(day="3.02.2024"), name="b.csv")
    assert asked(again) == {2: {"twice_in_ledger"}}
    # the usual minutes are those of the service
    assert asked(file(by, changed(minutes=""), name="c.csv")) == {2: {"twice_in_ledger"}}


def test_what_was_reversed_is_not_there(by):
    batch = imported(by, file(by, ONE))
    actions.undo(by=by, batch=batch)
    assert asked(file(by, ONE, name="b.csv")) == {}


def test_it_can_be_another_support_after_all_and_is_not_asked_again(by):
    imported(by, file(by, ONE))
    again = file(by, ONE, name="b.csv")
    actions.decide(by=by, batch=again, decisions={"2": Person.objects.get().ref})
    again.refresh_from_db()
    assert (again.counts["same"], again.counts["open"]) == (1, 0)
    imported(by, again)
    assert Support.objects.count() == 2


def test_whoever_is_chosen_only_then_is_asked_then(by):
    imported(by, file(by, ONE))
    again = file(by, changed(ref=""), name="b.csv")
    assert asked(again) == {2: {"perhaps_found"}}
    ref = Person.objects.get().ref
    actions.decide(by=by, batch=again, decisions={"2": ref})
    assert asked(again) == {2: {"twice_in_ledger"}}
    actions.decide(by=by, batch=again, decisions={"2": ref})
    assert asked(again) == {}


def test_all_that_are_recorded_already_are_left_out_at_once(by):
    imported(by, file(by, ONE))
    again = file(by, ONE, ONE, changed(day="3.02.2024"), changed(ref="", name="Nikt Nieznany"), name="b.csv")
    actions.decide_open(by=by, batch=again, choice="repeated")
    again.refresh_from_db()
    assert (again.counts["skip"], again.counts["same"], again.counts["open"]) == (2, 1, 1)


def test_answering_who_is_meant_for_all_makes_no_repeated_row_anonymous(by):
    again = file(by, ONE, ONE)
    actions.decide_open(by=by, batch=again, choice="new")
    assert again.rows.get(number=3).decision == "same"
    assert asked(again) == {3: {"twice_in_file"}}


def test_anonymous_contacts_are_remarked_only(by):
    row = changed(ref="", name="", count="3")
    batch = file(by, row, row, changed(ref="", name="", count="2"))
    assert asked(batch) == {}
    assert [[one["code"] for one in row.remarks] for row in batch.rows.order_by("number")] == [
        [],
        ["alike_in_file"],
        [],
    ]
    imported(by, batch)
    again = file(by, row, name="b.csv")
    assert [one["code"] for one in again.rows.get().remarks] == ["alike_in_ledger"]


def test_who_gave_it_is_compared_where_both_say_it():
    seen, given = Seen(), Given("a", "2024-02-01", "s", 30)
    seen.add(given, 1)
    assert seen.has(given, 1)
    assert seen.has(given, None)
    assert not seen.has(given, 2)
    assert not seen.has(Given("b", "2024-02-01", "s", 30), 1)
    seen.add(given, None)
    assert seen.has(given, 2)


def test_what_was_given_before_a_birth_is_remarked(by):
    Person.objects.update(birth="2024-02")
    batch = file(by, changed(day="31.01.2024"), ONE)
    assert [[one["code"] for one in row.remarks] for row in batch.rows.order_by("number")] == [["before_birth"], []]
