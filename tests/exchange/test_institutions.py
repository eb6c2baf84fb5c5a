"""A spreadsheet of institutions, as schools' lists come: understood, matched with the register, added, taken back."""

from collections.abc import Callable

import pytest

from przystan.access.actors import Actor
from przystan.exchange import actions
from przystan.exchange.models import ImportBatch
from przystan.exchange.queries.preview import shown
from przystan.exchange.wording import would_do
from przystan.institutions.actions import check
from przystan.institutions.loading import load_institution_kinds
from przystan.institutions.models import Institution
from przystan.institutions.queries import suspected_pairs
from przystan.institutions.rules.newcomer import Place
from przystan.team.models import Organisation
from tests import factories
from tests.institutions.making import institution

pytestmark = pytest.mark.django_db
FILE = """Lista szkół 2026;;;;;;;
;;;;;;;
Nazwa placówki;Typ;Adres;Telefon;RSPO;REGON;Języki;Osoba kontaktowa
"Szkoła Podstawowa nr 912";szkoła;"ul. Zmyślona 1, 80-001 Gdańsk";58;12345;123-456-785;ukraiński, rosyjski;Anna Zmyślona
Szkoła  podstawowa nr 912;szkoła;ul. Zmyślona 1, 80-001 Gdańsk;;;;;
Przychodnia „Ranna Mgła”;POZ;Sopot;;;123456784;;
;szkoła;Gdynia;;;;;
SP 913;Szkoła;"ul. Inna 2; 81-000 Gdynia";brak;;;marsjański;
Kurier Zmyślony;;;;;;;
"""


@pytest.fixture
def lead() -> Actor:
    load_institution_kinds()
    house = factories.organisation()
    return factories.actor(house, "coordinator", factories.point(house))


@pytest.fixture
def imported(lead: Actor) -> Callable[[str], ImportBatch]:
    def bring(text: str = FILE) -> ImportBatch:
        batch = actions.take(by=lead, kind="institutions", filename="szkoly.csv", contents=[text.encode()])
        actions.read(by=lead, batch=batch)
        mapping = {int(column): name for column, name in batch.mapping.items()}
        actions.match_columns(by=lead, batch=batch, mapping=mapping)
        batch.refresh_from_db()
        actions.check(by=lead, batch=batch)
        return batch

    return bring


def finish(by: Actor, batch: ImportBatch) -> None:
    actions.start(by=by, batch=batch, choice="good")
    batch.refresh_from_db()
    actions.run(by=by, batch=batch)
    batch.refresh_from_db()


def problems(by: Actor, batch: ImportBatch) -> dict[int, list[str]]:
    return {
        one.row.number: one.problems
        for one in shown(by, batch, list(batch.rows.order_by("number")), {})
        if one.problems
    }


def test_messy_rows_are_understood_or_said_why_not(lead: Actor, imported: Callable[..., ImportBatch]) -> None:
    batch = imported()
    assert set(batch.mapping.values()) == {
        "name", "kind", "address", "phone", "rspo", "regon", "language", "contact",
    }  # fmt: skip
    said = problems(lead, batch)
    assert [sorted(said)] == [[6, 7, 8]]
    assert "check digit does not fit" in said[6][0]
    assert said[7] == ["there is no name"]
    assert "we do not know this language" in said[8][0]
    assert batch.counts == {"new": 2, "same": 1, "skip": 0, "bad": 3, "open": 0, "noted": 1}


def test_the_good_rows_are_added_with_all_they_say(lead: Actor, imported: Callable[..., ImportBatch]) -> None:
    batch = imported()
    finish(lead, batch)
    school, paper = Institution.objects.order_by("id")
    assert (school.name, school.kind.code, school.languages) == ("Szkoła Podstawowa nr 912", "school", ["uk", "ru"])
    assert str(school.addresses.get()) == "ul. Zmyślona 1, 80-001 Gdańsk"
    assert sorted(school.numbers.values_list("kind", "value")) == [("regon", "123456785"), ("rspo", "12345")]
    assert school.contacts.get().name == "Anna Zmyślona"
    assert (paper.name, paper.kind.code) == ("Kurier Zmyślony", "other")
    assert [row.institution for row in batch.rows.filter(number__in=[4, 5]).order_by("number")] == [school, school]
    assert would_do("institutions", batch.counts, done=True)[0] == "2 institutions were added."


def test_what_is_there_is_not_added_again(lead: Actor, imported: Callable[..., ImportBatch]) -> None:
    finish(lead, imported())
    again = imported()
    assert (again.counts["new"], again.counts["same"]) == (0, 3)


def test_what_may_be_there_waits_among_the_pairs(lead: Actor, imported: Callable[..., ImportBatch]) -> None:
    house = Organisation.objects.get(pk=lead.organisation_id)
    there = institution(house, "SP 912", places=(Place("Gdańsk"),))
    batch = imported("Nazwa;Miasto\nSzkoła Podstawowa nr 912 im. Wierzby;Gdańsk\n")
    assert batch.counts["new"] == 1
    assert "compared" in str(shown(lead, batch, list(batch.rows.all()), {})[0].remarks)
    finish(lead, batch)
    pair = suspected_pairs(lead).get()
    assert there in (pair.first, pair.second)


def test_undone_but_for_what_was_used_since(lead: Actor, imported: Callable[..., ImportBatch]) -> None:
    batch = imported()
    finish(lead, batch)
    school = Institution.objects.get(name__contains="912")
    check(by=lead, institution=school, parts=["address"])
    undone = actions.undo(by=lead, batch=batch)
    assert (undone.removed, undone.staying) == (1, ["4"])
    assert list(Institution.objects.all()) == [school]


def test_a_file_without_names_is_refused(lead: Actor) -> None:
    batch = actions.take(by=lead, kind="institutions", filename="x.csv", contents=[b"Miasto;Telefon\nGdynia;58\n"])
    actions.read(by=lead, batch=batch)
    with pytest.raises(Exception, match="name of the institution"):
        actions.match_columns(by=lead, batch=batch, mapping={0: "town"})
