"""Somebody is protected while files wait, or after: their rows go, nobody else's does, and the rest is imported."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from przystan.access.actors import system
from przystan.access.scope import acting
from przystan.exchange.actions import check, run
from przystan.exchange.actions.forgetting import forget
from przystan.exchange.models import ImportBatch, ImportRow
from przystan.people.actions.putting_away import traces_of
from przystan.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "Олена Коваленко"


@pytest.fixture
def person() -> Person:
    return factories.person(factories.point(factories.organisation()), NAME, birth="1990-05-03", centre_reference="G/7")


def waiting(person: Person, rows: Sequence[Sequence[str]], state: str = "checking", **values: Any) -> ImportBatch:
    """A batch of rows of name, birth and reference; with CHECKING they are understood and people found."""
    batch = ImportBatch.objects.create(
        organisation=person.organisation,
        kind=values.pop("kind", "people"),
        state=state,
        header=["name", "born", "ref"],
        mapping=values.pop("mapping", {"0": "name", "1": "birth", "2": "reference"}),
        rows_total=len(rows),
        **values,
    )
    ImportRow.objects.bulk_create(ImportRow(batch=batch, number=n, cells=list(row)) for n, row in enumerate(rows, 2))
    if state == "checking":
        with acting(system(person.organisation_id, "tests")) as by:
            check(by=by, batch=batch)
    return batch


def forgotten(person: Person) -> None:
    with acting(system(person.organisation_id, "tests")) as by:
        forget(by=by, person=person, traces=traces_of(person), elsewhere={})


HERS = [[NAME, "1990-05-03", ""], ["Olena Kowalenko", "", ""], ["Коваленко Олена", "1990", ""], [NAME, "", "G/7"]]
NOT_HERS = [["Olena Kovalenko", "1972-01-09", ""], ["Olena Bondar", "1990-05-03", ""], ["Ostap Kovalenko", "", ""]]


@pytest.mark.parametrize("state", ["checking", "failed", "done"])  # of one that is done: rows left out
def test_rows_that_are_about_them_go_and_no_other(person: Person, state: str) -> None:
    batch = waiting(person, [*HERS, *NOT_HERS], state)
    forgotten(person)
    batch.refresh_from_db()
    assert [row.cells for row in batch.rows.all()] == NOT_HERS
    assert batch.rows_total == len(NOT_HERS)


@pytest.mark.parametrize("state", ["checking", "failed", "done"])  # of one that is done: rows left out
def test_whoever_stands_in_the_row_of_somebody_else_goes(person: Person, state: str) -> None:
    rows = [["Ostap Bondar", f"Ірина Бондар; {NAME} 1990", "2015; 1990"], ["Ada Nowak", "", ""]]
    batch = waiting(person, rows, state, mapping={"0": "name", "1": "child", "2": "child_birth"})
    forgotten(person)
    batch.refresh_from_db()
    left = str(list(batch.rows.values_list("cells", "entry")))
    assert NAME not in left
    assert "1990" not in left
    assert ("Ірина Бондар" in left) == (state == "checking")  # before that nobody can take one out of the row
    assert batch.rows_total == (2 if state == "checking" else 1)


def test_a_row_that_was_left_out_keeps_no_word_of_whom_it_brought_in(person: Person) -> None:
    batch = waiting(person, [["Ostap Bondar", f"Ірина Бондар; {NAME}"]], mapping={"0": "name", "1": "child"})
    batch.rows.filter(entry__names__0__text=NAME).update(person=person, cells=[], made=True)
    ImportBatch.objects.filter(pk=batch.pk).update(state="done")
    forgotten(person)
    assert [(row.part, row.cells) for row in batch.rows.all()] == [(0, []), (1, ["", "Ірина Бондар"])]


def test_an_import_that_was_undone_still_tells_what_that_did(person: Person) -> None:
    batch = waiting(person, NOT_HERS[:2], "undone", counts={"new": 2, "removed": 1, "staying": ["2"]})
    batch.rows.filter(number=2).update(person=person, cells=[], made=True)
    forgotten(person)
    batch.refresh_from_db()
    assert (batch.counts["new"], batch.counts["removed"], batch.counts["staying"]) == (1, 1, ["2"])


def test_nobody_is_told_that_somebody_was_known(person: Person) -> None:
    batch = waiting(person, [HERS[0], NOT_HERS[0]])
    assert batch.counts["same"] == 1
    forgotten(person)
    batch.refresh_from_db()
    assert (batch.counts["new"], batch.counts["same"], batch.counts["bad"]) == (1, 0, 0)
    assert person.ref not in str(list(batch.rows.values("candidates", "chosen")))


def test_a_file_with_nobody_else_goes_as_a_whole(person: Person) -> None:
    waiting(person, [HERS[0]])
    waiting(person, [], "uploaded")
    waiting(person, NOT_HERS[:1], "reading")  # the others are still to come
    done = waiting(person, [], "done")
    forgotten(person)
    assert list(ImportBatch.objects.all()) == [done]


def test_a_support_that_was_to_be_theirs_is_not_recorded_for_nobody(person: Person) -> None:
    rows = [["", "", "g/7"], ["Zofia Inna", "", ""]]
    batch = waiting(person, rows, "failed", kind="supports")
    forgotten(person)
    assert [row.cells[0] for row in batch.rows.all()] == ["Zofia Inna"]


def test_the_name_of_the_file_and_its_columns_say_nothing(person: Person) -> None:
    batch = waiting(
        person, NOT_HERS[:1], filename="Olena Kovalenko.xlsx", sheet="Oleny", group={"title": "Olena Kovalenko, A1"}
    )
    ImportBatch.objects.filter(pk=batch.pk).update(header=["name", "Olena?", "ref"])
    forgotten(person)
    batch.refresh_from_db()
    assert (batch.filename, batch.sheet, batch.header) == (".xlsx", "", ["name", "", "ref"])
    assert batch.group == {"title": ""}


def test_other_organisations_are_left_alone(person: Person) -> None:
    other = factories.person(factories.point(factories.organisation()), NAME, birth="1990-05-03")
    batch = waiting(other, [HERS[0]])
    forgotten(person)
    assert batch.rows.count() == 1


def test_an_import_that_runs_brings_nobody_back(person: Person) -> None:
    """Who runs it has read the rows already when somebody is protected."""
    batch = waiting(person, [["Олена Коваленко", "", ""], NOT_HERS[0]])
    batch.rows.update(decision="new", problems=[])
    ImportBatch.objects.filter(pk=batch.pk).update(state="running")
    with acting(system(person.organisation_id, "tests")) as by:
        with pytest.raises(ValidationError, match="not ready"), transaction.atomic():
            run(by=by, batch=batch, progress=lambda done: forgotten(person))
        assert list(Person.objects.all()) == [person]


def test_a_file_that_is_checked_tells_of_nobody(person: Person) -> None:
    batch = waiting(person, [HERS[0], NOT_HERS[0]], "failed")
    refused = pytest.raises(ValidationError, match="not ready")
    with acting(system(person.organisation_id, "tests")) as by, refused, transaction.atomic():
        check(by=by, batch=batch, progress=lambda done: forgotten(person))
    batch.refresh_from_db()
    assert (batch.state, batch.counts) == ("failed", {})


def test_whoever_stands_in_a_row_that_is_checked_again_does_not_come_back(person: Person) -> None:
    rows = [["Ostap Bondar", f"Ірина Бондар; {NAME}"], ["Ada Nowak", ""]]
    batch = waiting(person, rows, mapping={"0": "name", "1": "child"})
    assert batch.rows.count() == 4
    refused = pytest.raises(ValidationError, match="not ready")
    with acting(system(person.organisation_id, "tests")) as by, refused, transaction.atomic():
        check(by=by, batch=batch, progress=lambda done: forgotten(person))


def checked_meanwhile(person: Person, rows: Sequence[Sequence[str]], hide: Callable[[], object]) -> ImportBatch:
    """Checked by one who has read who is known already when somebody is protected."""
    batch = waiting(person, rows, "failed")
    with acting(system(person.organisation_id, "tests")) as by, transaction.atomic():
        check(by=by, batch=batch, progress=lambda done: hide())
    return batch


def protected(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(protected=True)


def test_a_row_of_somebody_else_does_not_offer_who_was_protected_meanwhile(person: Person) -> None:
    batch = checked_meanwhile(person, NOT_HERS, lambda: (forgotten(person), protected(person)))
    rows = list(batch.rows.values("cells", "candidates", "chosen", "problems", "remarks", "entry"))
    assert [row["cells"] for row in rows] == NOT_HERS
    assert person.ref not in str(rows)


def test_no_row_is_kept_as_theirs_who_was_protected_meanwhile(person: Person) -> None:
    """Which `forgetting` cannot have let go: whose row it is was not written down yet."""
    with pytest.raises(ValidationError, match="not ready"):
        checked_meanwhile(person, [[NAME, "1990-05-03", "G/7"], NOT_HERS[0]], lambda: protected(person))


def test_a_file_that_goes_on_meanwhile_is_waited_for(person: Person) -> None:
    """Else the state that it had would be written over the one that it has by now."""
    waiting(person, NOT_HERS)
    with CaptureQueriesContext(connection) as asked:
        forgotten(person)
    read = next(one["sql"] for one in asked if 'FROM "exchange_importbatch"' in one["sql"])
    assert read.endswith("FOR UPDATE")


SCHOOL = {"0": "name", "1": "contact", "2": "contact_phone", "3": "note"}


def schools(person: Person, rows: Sequence[Sequence[str]], state: str = "checking") -> ImportBatch:
    return waiting(person, rows, state, kind="institutions", mapping=SCHOOL)


@pytest.mark.parametrize("state", ["checking", "failed", "done"])  # of one that is done: rows left out
@pytest.mark.parametrize(
    "hers",
    [
        ["Szkoła nr 912", "Olena Kowalenko", "", ""],
        ["Szkoła nr 912", "Коваленко Олена, sekretariat", "", ""],
        ["Szkoła nr 912", "", "", "pytać o Olenę Kovalenko"],
        ["Szkoła nr 912", "", "+48 600 100 200", ""],
        ["Piekarnia Olena Kovalenko", "", "", ""],
        ["Szkoła nr 912", "", "", "", "unmatched: Коваленко, Олена"],
    ],
)
def test_a_row_of_an_institution_that_names_them_goes(person: Person, state: str, hers: list[str]) -> None:
    person.channels.create(kind="phone", value="600 100 200", digits="48600100200")
    others = [["Szkoła nr 913", "Olena Bondar", "", ""], ["Szkoła nr 914", "", "600 100 201", "Kowalenko ma klucz"]]
    batch = schools(person, [hers, *others], state)
    forgotten(person)
    batch.refresh_from_db()
    assert [row.cells for row in batch.rows.all()] == others
    assert batch.rows_total == 2


def test_a_job_that_has_read_the_institution_brings_them_not_back(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = schools(person, [["Szkoła nr 912", NAME, "", ""], ["Szkoła nr 913", "", "", ""]], "failed")
    monkeypatch.setattr("przystan.exchange.actions.institutions.try_institutions", lambda *_: forgotten(person))
    refused = pytest.raises(ValidationError, match="not ready")
    with acting(system(person.organisation_id, "tests")) as by, refused, transaction.atomic():
        check(by=by, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, [row.entry for row in batch.rows.all()]) == ("failed", [{}, {}])
