"""From the file to the undo, through the actions."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from przystan.access.scope import acting
from przystan.exchange import actions, tasks
from przystan.exchange.actions.reading import sheet_names
from przystan.exchange.actions.taking import KEPT
from przystan.exchange.exports import bad_rows
from przystan.exchange.models import ImportBatch, ImportRow
from przystan.ledger.actions import close_period
from przystan.people.models import Person
from przystan.reference.loading import load_reference
from przystan.support.models import Support
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
PEOPLE = [
    ["Imię", "Nazwisko", "Data ur.", "Obywatelstwo", "Tel.", "Płeć"],
    ["Олена", "Коваленко", "3.05.1990", "Ukraina", "+48 600 100 200", "K"],
    ["Giorgi", "Beridze", "1985", "Gruzja", "", "M"],
]


@pytest.fixture
def centre():
    load_reference()
    return factories.organisation()


@pytest.fixture
def here(centre):
    return factories.point(centre)


@pytest.fixture
def by(centre, here):
    return factories.actor(centre, "coordinator", at=here)


def as_csv(rows, encoding="utf-8", delimiter=";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows, change=None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(by, content: bytes, kind: str = "people", name: str = "stare.csv") -> ImportBatch:
    batch = actions.take(by=by, kind=kind, filename=name, contents=[content])
    actions.read(by=by, batch=batch)
    return batch


def checked(by, content: bytes, kind: str = "people", name: str = "stare.csv") -> ImportBatch:
    batch = taken(by, content, kind, name)
    mapping = {int(column): field for column, field in batch.mapping.items()}
    actions.match_columns(by=by, batch=batch, mapping=mapping)
    batch.refresh_from_db()
    actions.check(by=by, batch=batch)
    batch.refresh_from_db()
    return batch


def imported(by, batch: ImportBatch, choice: str = "all") -> ImportBatch:
    actions.start(by=by, batch=batch, choice=choice)
    actions.run(by=by, batch=batch)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize(
    "content",
    [as_csv(PEOPLE), as_csv(PEOPLE, "utf-16", ","), as_xlsx([["Lista klientów 2019"], [], *PEOPLE])],
    ids=["utf-8", "utf-16", "xlsx with a title above"],
)
def test_people_come_in_with_what_the_file_says(by, content):
    batch = imported(by, checked(by, content))
    olena = Person.objects.get(names__text="Олена Коваленко")
    assert (olena.birth, olena.sex) == ("1990-05-03", "female")
    assert [row.country for row in olena.citizenships.all()] == ["UA"]
    assert olena.channels.get().digits == "48600100200"
    assert Person.objects.get(names__text="Giorgi Beridze").birth == "1985"
    assert batch.state == "done"
    assert not batch.parts.exists()


def test_windows_1250_is_read_with_its_letters(by):
    rows = [["Imię i nazwisko", "Miejscowość"], ["Żaneta Łęcka", "Pruszcz Gdański"]]
    imported(by, checked(by, as_csv(rows, "cp1250")))
    assert Person.objects.get().dwellings.get().place.name == "Pruszcz Gdański"
    assert Person.objects.get().names.get().text == "Żaneta Łęcka"


def test_a_wrong_date_is_said_by_row_and_stops_the_whole(by):
    rows = [*PEOPLE, ["Anna", "Nowak", "31.02.1990", "", "", ""]]
    batch = checked(by, as_csv(rows))
    bad = batch.rows.get(number=4)
    assert [(problem["code"], problem["text"]) for problem in bad.problems] == [("no_such_date", "31.02.1990")]
    with pytest.raises(ValidationError):
        actions.start(by=by, batch=batch, choice="all")
    assert not Person.objects.exists()
    imported(by, batch, "good")
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "title_from", "code"),
    [
        ("A" * 201, "1.01.2024", "unfit"),
        ("???", "1.01.2024", "no_letters"),
        ("Jan Kot", "1.01.2027", "until_before_from"),
    ],
)
def test_what_the_register_would_refuse_is_said_by_row_and_stops_no_other(by, name, title_from, code):
    header = ["Imię i nazwisko", "Status pobytu", "Ważny od", "Ważny do"]
    batch = checked(
        by, as_csv([header, ["Anna Nowak", "", "", ""], [name, "pobyt czasowy i praca", title_from, "1.01.26"]])
    )
    assert [problem["code"] for problem in batch.rows.get(number=3).problems] == [code]
    imported(by, batch, "good")
    assert Person.objects.get().names.get().text == "Anna Nowak"


@pytest.mark.parametrize(
    ("citizenship", "language", "codes"), [("kolumbijskie", "j. angielski", "CO en"), ("Ukrainian", "dari", "UA prs")]
)
def test_adjectives_and_short_forms_are_understood(by, citizenship, language, codes):
    rows = [["Imię i nazwisko", "Obywatelstwo", "Język"], ["Anna Nowak", citizenship, language]]
    entry = checked(by, as_csv(rows)).rows.get().entry
    assert " ".join([*entry["citizenships"], *entry["languages"]]) == codes


def test_somebody_known_is_linked_not_made_again(by, here):
    known = factories.person(here, "Olena Kovalenko", birth="1990-05-03")
    batch = checked(by, as_csv(PEOPLE))
    assert batch.rows.get(number=2).chosen == known.ref
    imported(by, batch)
    assert Person.objects.count() == 2
    assert batch.rows.get(number=2).person == known


def test_the_same_person_twice_in_a_file_is_one(by):
    rows = [*PEOPLE, ["Olena", "Kovalenko", "03.05.1990", "UA", "", "K"]]
    batch = imported(by, checked(by, as_csv(rows)))
    assert Person.objects.count() == 2
    assert batch.rows.get(number=4).person == batch.rows.get(number=2).person


def test_brothers_are_two(by):
    rows = [PEOPLE[0], ["Ivan", "Petrenko", "1990", "", "", ""], ["Petro", "Petrenko", "1990", "", "", ""]]
    imported(by, checked(by, as_csv(rows)))
    assert Person.objects.count() == 2


def test_an_undone_import_leaves_nothing_but_what_was_used(by, here):
    batch = imported(by, checked(by, as_csv(PEOPLE)))
    olena = Person.objects.get(names__text="Олена Коваленко")
    factories.support(here, factories.service(), olena)
    undone = actions.undo(by=by, batch=batch)
    assert undone.staying == ["2"]
    assert list(Person.objects.all()) == [olena]


def test_an_import_that_breaks_leaves_nothing(by, monkeypatch):
    batch = checked(by, as_csv(PEOPLE))
    actions.start(by=by, batch=batch, choice="all")
    monkeypatch.setattr("przystan.exchange.actions.running.audit.record", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.run(by=by, batch=batch)
    assert not Person.objects.exists()


def test_the_choice_of_columns_is_remembered(by):
    batch = taken(by, as_csv([["Wer", "Osoba"], ["Ala", "x"]]), name="a.csv")
    actions.match_columns(by=by, batch=batch, mapping={0: "name"})
    again = taken(by, as_csv([["wer", "OSOBA"], ["Ola", "y"]]), name="b.csv")
    assert again.mapping == {"0": "name"}


@pytest.fixture
def advice():
    return factories.service("Residence advice", minutes=30, names={"pl": "Porada pobytowa", "en": "Residence advice"})


def supports(*rows) -> bytes:
    return as_csv([["Data", "Klient", "Usługa", "Czas", "Doradca", "Data ur."], *rows])


def test_supports_come_in_for_people_we_know(by, here, advice):
    olena = factories.person(here, "Олена Коваленко", birth="1990-05-03")
    rows = supports(
        ["02.03.2024", "Olena Kovalenko", "porada pobytowa", "1h30", "", "3.05.1990"],
        ["03.03.2024", "", "Porada pobytowa", "", ""],
        ["03.03.2024", "Nikt Nieznany", "Porada pobytowa", "", ""],
    )
    batch = checked(by, rows, "supports")
    assert [problem["code"] for problem in batch.rows.get(number=4).problems] == ["nobody_found"]
    imported(by, batch, "good")
    first, contact = Support.objects.order_by("day")
    assert (first.minutes, [one.person for one in first.recipients.all()]) == (90, [olena])
    assert (contact.kind, contact.minutes) == ("contact", 30)


def test_undoing_supports_of_a_closed_period_reverses_them(by, centre, here, advice):
    factories.person(here, "Олена Коваленко", birth="1990-05-03")
    row = ["02.03.2024", "Olena Kovalenko", "porada pobytowa", "60", "", "3.05.1990"]
    batch = imported(by, checked(by, supports(row), "supports"))
    close_period(by=by, starts=date(2024, 3, 1), ends=date(2024, 3, 31))
    undone = actions.undo(by=by, batch=batch)
    assert (undone.removed, undone.reversed) == (0, 1)
    assert sorted(Support.objects.values_list("sign", flat=True)) == [-1, 1]


def test_another_organisation_never_sees_it(by):
    batch = taken(by, as_csv(PEOPLE), name="a.csv")
    stranger = actor_for(factories.user(factories.organisation(), "coordinator"))
    assert not ImportBatch.objects.seen_by(stranger).filter(pk=batch.pk).exists()


def test_several_namesakes_wait_for_a_choice(by, here, advice):
    one = factories.person(here, "Олена Коваленко")
    two = factories.person(here, "Olena Kovalenko")
    rows = supports(["02.03.2024", "Olena Kovalenko", "Porada pobytowa", "60", ""])
    batch = checked(by, rows, "supports")
    row = batch.rows.get()
    assert [problem["code"] for problem in row.problems] == ["several_found"]
    assert {candidate["ref"] for candidate in row.candidates} == {one.ref, two.ref}
    actions.decide(by=by, batch=batch, decisions={"2": ""})
    assert batch.rows.get().problems
    actions.decide(by=by, batch=batch, decisions={"2": two.ref})
    batch.refresh_from_db()
    imported(by, batch)
    assert [part.person for part in Support.objects.get().recipients.all()] == [two]


def test_a_support_of_somebody_unknown_can_become_an_anonymous_contact(by, advice):
    batch = checked(by, supports(["02.03.2024", "Nikt Nieznany", "Porada pobytowa", "", ""]), "supports")
    actions.decide(by=by, batch=batch, decisions={"2": "new"})
    batch.refresh_from_db()
    assert batch.counts["bad"] == 0
    imported(by, batch)
    assert Support.objects.get().kind == "contact"


def test_a_row_decided_by_hand_is_tried_against_its_payer(by, centre, here, advice):
    factories.person(here, "Олена Коваленко")
    chosen = factories.person(here, "Olena Kovalenko")
    factories.programme(centre, advice, name="Stary projekt", starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    rows = [
        ["Data", "Klient", "Usługa", "Projekt"],
        ["2.03.2024", "Olena Kovalenko", "Porada pobytowa", "Stary projekt"],
    ]
    batch = checked(by, as_csv(rows), "supports")
    actions.decide(by=by, batch=batch, decisions={"2": chosen.ref})
    assert [problem["code"] for problem in batch.rows.get().problems] == ["payer_refused"]
    actions.decide(by=by, batch=batch, decisions={"2": "skip"})
    actions.decide(by=by, batch=batch, decisions={"2": chosen.ref})
    assert [problem["code"] for problem in batch.rows.get().problems] == ["payer_refused"]


def test_a_job_killed_after_some_rows_leaves_nothing(by, monkeypatch):
    monkeypatch.setattr("przystan.exchange.actions.running.STEP", 1)
    batch = checked(by, as_csv(PEOPLE))
    actions.start(by=by, batch=batch, choice="all")
    seen = []

    def killed(done: int) -> None:
        seen.append(Person.objects.count())
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.run(by=by, batch=batch, progress=killed)
    assert seen == [1, 2]
    assert not Person.objects.exists()
    assert not batch.rows.filter(made=True).exists()
    batch.refresh_from_db()
    assert batch.state == "running"
    actions.run(by=by, batch=batch)
    actions.run(by=by, batch=batch)  # a job taken for dead that was not
    assert Person.objects.count() == 2


def test_a_job_that_comes_second_to_its_work_says_nothing_of_it(by, monkeypatch):
    batch = imported(by, checked(by, as_csv(PEOPLE)))
    actions.start_undo(by=by, batch=batch)

    def overtaken(actor, batch, progress):
        for _worker in range(2):
            with acting(actor):
                actions.undo(by=actor, batch=batch)

    monkeypatch.setattr(tasks, "_undo", overtaken)
    tasks.undo(batch.ref)
    batch.refresh_from_db()
    assert (batch.state, batch.trouble) == ("undone", "")


def test_two_files_of_the_same_people_that_wait_at_once_do_not_bring_them_twice(by):
    first, second, third = (checked(by, as_csv(PEOPLE), name=name) for name in ("a.csv", "b.csv", "c.csv"))
    for batch in (first, second):
        actions.start(by=by, batch=batch, choice="all")
    actions.run(by=by, batch=first)
    with pytest.raises(ValidationError, match="since these rows were checked"):
        actions.run(by=by, batch=second)
    with pytest.raises(ValidationError, match="since these rows were checked"):
        actions.start(by=by, batch=third, choice="all")
    actions.match_columns(by=by, batch=third, mapping={int(at): field for at, field in third.mapping.items()})
    actions.check(by=by, batch=third)
    third.refresh_from_db()
    assert third.counts["open"] == 1  # of Giorgi only the year is known
    actions.decide_open(by=by, batch=third, choice="offered")
    third.refresh_from_db()
    imported(by, third)
    assert Person.objects.count() == 2


def test_a_file_can_be_forgotten_while_a_job_is_at_it(by):
    batch = checked(by, as_csv(PEOPLE))
    actions.start(by=by, batch=batch, choice="all")

    with pytest.raises(DatabaseError), transaction.atomic():
        actions.run(by=by, batch=batch, progress=lambda done: actions.give_up(by=by, batch=batch))
    actions.give_up(by=by, batch=batch)
    assert not ImportBatch.objects.exists()
    assert not Person.objects.exists()


def test_the_bad_rows_taken_out_and_mended_come_in(by):
    batch = checked(by, as_csv([*PEOPLE, ["Anna", "Nowak", "31.02.1990", "", "+48 600 100 300", ""]]))
    imported(by, batch, "good")
    sheet = load_workbook(io.BytesIO(bad_rows(batch)))
    assert [cell.value for cell in sheet.active[2]][:3] == ["Anna", "Nowak", "31.02.1990"]
    sheet.active["C2"] = "28.02.1990"
    out = io.BytesIO()
    sheet.save(out)
    imported(by, checked(by, out.getvalue(), name="reszta.xlsx"))
    anna = Person.objects.get(names__text="Anna Nowak")
    assert (anna.birth, anna.channels.get().value) == ("1990-02-28", "+48 600 100 300")


def test_the_sheet_with_known_headers_is_read_first_and_another_can_be_chosen(by):
    book = Workbook()
    book.active.append(["Uwagi ogólne"])
    book.active.append(["nic"])
    for row in PEOPLE:
        (book["Ludzie"] if "Ludzie" in book else book.create_sheet("Ludzie")).append(row)
    out = io.BytesIO()
    book.save(out)
    batch = taken(by, out.getvalue(), name="a.xlsx")
    assert batch.sheet == "Ludzie"
    actions.read_again(by=by, batch=batch, sheet="Sheet")
    batch.refresh_from_db()
    assert batch.state == "uploaded"
    actions.read(by=by, batch=batch)
    assert (batch.sheet, batch.header) == ("Sheet", ["Uwagi ogólne"])
    assert sheet_names(batch) == ["Sheet", "Ludzie"]


@pytest.mark.parametrize("name", ["Văn Lê", "Abdul Das"])
def test_a_name_of_small_words_only_comes_in_and_is_known_again(by, name):
    imported(by, checked(by, as_csv([["Imię i nazwisko", "Data ur."], [name, "1.02.1990"]])))
    again = checked(by, as_csv([["Imię i nazwisko", "Data ur."], [name, "1.02.1990"]]), name="b.csv")
    assert again.rows.get().chosen == Person.objects.get().ref


def test_of_rows_that_came_in_what_was_understood_stays_for_a_month_and_no_other_word(by):
    rows = [["Imię", "Nazwisko", "Telefon"], ["Oksana", "Kanarek", "600100200 (mąż nie wie)"]]
    batch = imported(by, checked(by, as_csv(rows)))
    row = batch.rows.get()
    assert row.made
    assert "phone_words" not in row.entry  # sealed where they are kept
    assert (row.cells, row.candidates, row.entry["names"][0]["family"]) == ([], [], "Kanarek")
    actions.throw_away_files()
    assert batch.rows.get().entry
    ImportBatch.objects.update(finished_at=timezone.now() - KEPT - timedelta(minutes=1))
    actions.throw_away_files()
    assert not batch.rows.get().entry


def test_of_rows_that_were_left_out_no_word_stays_longer(by):
    batch = checked(by, as_csv([["Imię", "Nazwisko"], ["Oksana", "Kanarek"], ["Ada", "Nowak"]]))
    actions.decide(by=by, batch=batch, decisions={"3": "skip"})
    batch = imported(by, batch)
    actions.throw_away_files()
    assert batch.rows.get(number=3).cells == ["Ada", "Nowak"]
    ImportBatch.objects.update(finished_at=timezone.now() - KEPT - timedelta(minutes=1))
    actions.throw_away_files()
    batch.refresh_from_db()
    assert [(row.number, row.cells, row.entry) for row in batch.rows.all()] == [(2, [], {})]
    assert (batch.counts["new"], batch.counts["skip"]) == (1, 0)  # no page offers rows that are gone


def test_of_an_undone_import_no_word_is_kept(by):
    batch = imported(by, checked(by, as_csv([["Imię", "Nazwisko"], ["Oksana", "Kanarek"]])))
    actions.undo(by=by, batch=batch)
    row = batch.rows.get()
    assert (row.cells, row.entry, row.added) == ([], {}, {})


def test_a_support_keeps_no_word_of_its_row(by, here):
    factories.service("Porada prawna")
    rows = [["Data", "Usługa", "Dalsze kroki"], ["1.02.2020", "Porada prawna", "zadzwonić"]]
    batch = imported(by, checked(by, as_csv(rows), "supports"))
    assert (batch.rows.get().cells, batch.rows.get().entry) == ([], {})


def the_row(by, header: list[str], row: list[str], ages: date | None = None) -> ImportRow:
    """A file of one row, checked."""
    batch = taken(by, as_csv([header, row]), name="a.csv")
    mapping = {int(column): field for column, field in batch.mapping.items()}
    actions.match_columns(by=by, batch=batch, mapping=mapping, ages=ages)
    batch.refresh_from_db()
    actions.check(by=by, batch=batch)
    batch.refresh_from_db()
    return batch.rows.get()


def said(row: ImportRow) -> list[tuple[str, str]]:
    return [(remark["code"], remark["text"]) for remark in row.remarks]


@pytest.mark.parametrize(
    ("written", "ages", "birth", "remark"),
    [
        ("3.04.2016", None, "1986", ("born_by_age", "1986")),
        ("2016", date(2019, 5, 1), "1986", ("born_by_age", "1986")),
        ("", date(2019, 5, 1), "1989", ("born_by_age", "1989")),
        ("kiedyś", None, None, ("age_without_day", "30")),
    ],
)
def test_an_age_is_counted_from_the_day_that_the_file_tells(by, written, ages, birth, remark):
    row = the_row(by, ["Imię i nazwisko", "Wiek", "Data rejestracji"], ["Anna Nowak", "30", written], ages)
    assert row.entry.get("birth") == birth
    assert (said(row), row.problems) == ([remark], [])


def test_a_date_in_doubt_is_taken_and_said(by):
    row = the_row(by, ["Imię i nazwisko", "Data ur."], ["Anna Nowak", "ok. 1985"])
    assert (row.entry["birth"], said(row)) == ("1985", [("in_doubt", "1985")])


def test_the_end_of_a_title_without_a_title_is_kept_as_not_known(by):
    row = the_row(by, ["Imię i nazwisko", "Ważny do"], ["Anna Nowak", "1.02.2028"])
    assert said(row) == [("title_unknown", "")]
    imported(by, row.batch)
    held = Person.objects.get().titles.get()
    assert (held.title.code, held.valid_to) == ("unknown", date(2028, 2, 1))


def test_an_interpreter_without_a_language_is_said(by):
    row = the_row(by, ["Imię i nazwisko", "Potrzebny tłumacz"], ["Anna Nowak", "tak"])
    assert said(row) == [("interpreter_without_language", "")]


def test_the_words_beside_a_number_come_in_with_it(by):
    row = the_row(by, ["Imię i nazwisko", "Tel."], ["Anna Nowak", "tel. 600100200 (mama) / 500 200 300"])
    assert (row.problems, said(row)) == ([], [("beside_phone", "mama")])
    imported(by, row.batch)
    channels = Person.objects.get().channels.all()
    assert [(one.value, str(one.shared_with)) for one in channels] == [("600100200", "mama"), ("500 200 300", "")]


def test_a_check_anew_says_its_remarks_once(by):
    batch = the_row(by, ["Imię i nazwisko", "Data ur."], ["Anna Nowak", "1985?"]).batch
    actions.match_columns(by=by, batch=batch, mapping={0: "name", 1: "birth"})
    actions.check(by=by, batch=batch)
    assert (len(batch.rows.get().remarks), batch.counts["noted"]) == (1, 1)
