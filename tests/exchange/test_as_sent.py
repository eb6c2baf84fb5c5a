"""Files as people send them: letters of any program, totals between people, dates and numbers of any kind."""

import unicodedata

import pytest

from przystan.exchange import actions
from przystan.exchange.models import ImportBatch
from przystan.exchange.queries.preview import shown
from przystan.exchange.reading import Unreadable
from przystan.exchange.reading.letters import decoded
from przystan.exchange.rules.day_first import Order
from przystan.people.models import Person
from przystan.reference.loading import load_reference
from tests import factories

from .test_import import as_csv, checked, imported

POLISH = "Imię;Nazwisko\nElżbieta;Wąs\nŁucja;Żądło\n"
UKRAINIAN = "Ім'я;Прізвище\nЇжак;Ґалаґан\nОлена;Коваленко\n"
RUSSIAN = "Имя;Фамилия\nЕлена;Петрова\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *[(POLISH, encoding) for encoding in ("cp1250", "iso8859-2", "cp852", "utf-8", "utf-16", "utf-16-le")],
        *[(UKRAINIAN, encoding) for encoding in ("cp1251", "koi8-u", "utf-8", "utf-16-be")],
        *[(RUSSIAN, encoding) for encoding in ("cp1251", "koi8-u", "cp866")],
        ("Name;City\nJosé;Núñez\nAndré;Çelik\n", "cp1252"),
        ("Imię;Nazwisko\nJan\xa0Maria;„Wąs”\n", "cp1250"),
    ],
)
def test_letters_are_told_apart_by_those_that_no_name_has(text, encoding):
    assert decoded(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("Ім'я;Місто\nОлена;Київ\nІван;Львів\n".encode()[:-2] + b";\n", "cut_letters"),
        ("Ad;Soyad\nŞule;Yıldız\nÖğe;Işık\n".encode("cp1254"), "unknown_letters"),
        ("名前;市\n太郎;東京\n花子;大阪\n".encode("shift-jis"), "unknown_letters"),
    ],
    ids=["a cut byte", "Turkish", "Japanese"],
)
def test_what_cannot_be_told_is_asked(content, code):
    with pytest.raises(Unreadable) as refusal:
        decoded(content)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("texts", "turned"),
    [
        (["05/12/1990", "12/25/1990"], "12/05/1990"),
        (["05/12/1990", "25/12/1990"], "05/12/1990"),
        (["05/12/1990"], "05/12/1990"),
        (["05/12/1990", *["3/14/91"] * 9, "31/12/1991"], "12/05/1990"),
    ],
)
def test_the_column_says_whether_the_month_stands_first(texts, turned):
    assert Order(texts).turned("05/12/1990") == turned


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["12/25/1990"], "month_first"),
        (["25/12/1990"], ""),
        (["25/12/1990", "12/25/1990"], "day_or_month"),
        (["1/2/1990"], "day_or_month"),
    ],
)
def test_a_date_that_may_be_two_days_is_remarked(texts, code):
    assert Order(texts).remark("05/12/1990") == code
    assert Order(texts).remark("5/5/1990") == Order(texts).remark("25/12/1990") == Order(texts).remark("x") == ""


HEADER = ["Lp.", "Imię", "Nazwisko", "Data ur.", "Telefon", "Obywatelstwo", "Potrzebny tłumacz", "Język", "Płeć"]


def test_without_a_sign_of_another_order_full_stops_mean_the_day_first():
    order = Order(["1.2.1990", "3/4/1990"])
    assert (order.remark("1.2.1990"), order.remark("3/4/1990")) == ("", "day_or_month")


def test_dates_with_full_stops_are_not_turned_by_those_with_strokes():
    order = Order(["12/25/1990", "3.05.1990", "4.06.1991"])
    assert (order.turned("3.05.1990"), order.turned("3/5/1990")) == ("3.05.1990", "5/3/1990")
    assert order.remark("3.05.1990") == ""


def test_one_odd_date_with_full_stops_turns_and_marks_no_other():
    order = Order(["12.03.1987", "1.9.2018", "03.13.2010", "02.02.1992"])
    assert [order.turned(text) for text in ("1.9.2018", "03.13.2010")] == ["1.9.2018", "03.13.2010"]
    assert order.remark("1.9.2018") == ""
    several = Order(["03.13.2010", "12.25.1990", "1.9.2018"])
    assert (several.turned("1.9.2018"), several.remark("1.9.2018")) == ("1.9.2018", "day_or_month")


@pytest.fixture
def by():
    load_reference()
    centre = factories.organisation()
    return factories.actor(centre, "coordinator", at=factories.point(centre))


def a_file(*rows: list[str]) -> bytes:
    return as_csv([HEADER, *([*row, *[""] * (len(HEADER) - len(row))] for row in rows)])


def told(batch: ImportBatch, number: int = 2) -> tuple[str, set[str], set[str]]:
    row = batch.rows.get(number=number)
    remarks = {one["code"] for one in row.remarks if isinstance(one, dict)}
    return row.decision, {one["code"] for one in row.problems}, remarks


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["", "Razem 2"], "a_total"),
        (["", "Razem: 3 osoby"], "a_total"),
        (["Suma", "3"], "a_total"),
        (["", "", "Разом: 12 осіб"], "a_total"),
        (["12"], "only_a_number"),
        (["#N/D!", "#N/A", "########"], "only_errors"),
        (HEADER, "heading_again"),
        (["Lp.", "Imię", "Nazwisko"], "heading_again"),
    ],
)
def test_rows_about_nobody_are_left_out_and_said(by, row, why):
    batch = checked(by, a_file(row, ["2", "Anna", "Nowak", "3.05.1990"]))
    assert (told(batch)[0], told(batch)[2]) == ("skip", {why})
    assert (batch.counts["skip"], batch.counts["new"], batch.counts["bad"]) == (1, 1, 0)
    assert shown(by, batch, list(batch.rows.filter(number=2)), {})[0].problems == []
    imported(by, batch)
    assert Person.objects.get().names.get().text == "Anna Nowak"


@pytest.mark.django_db
@pytest.mark.parametrize("row", [["1", "Suma", "Begum", "1.02.1990"], ["1", "Total", "Karim"]])
def test_people_called_like_a_total_come_in(by, row):
    assert told(checked(by, a_file(row)))[:2] == ("new", set())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["1", "Iryna i Petro", "Bondarenko"], "two_people"),
        (["1", "Olena & Ivan", "Koval"], "two_people"),
        (["1", "Олена та Іван", "Коваль"], "two_people"),
        (["1", "#N/D!", "Nowak"], "error_cell"),
        (["1", "Anna", "Nowak", "########"], "error_cell"),
        (["1", "Anna", "Nowak", "", "600 100 2OO"], "letter_in_number"),
    ],
)
def test_what_may_be_two_people_or_an_error_is_asked(by, row, code):
    assert told(checked(by, a_file(row)))[1] == {code}


@pytest.mark.django_db
def test_two_people_in_a_cell_can_be_one_after_all(by):
    batch = checked(by, a_file(["1", "Maria i Josep", "Sadurní"]))
    assert batch.counts["open"] == 1
    actions.decide(by=by, batch=batch, decisions={"2": "new"})
    batch.refresh_from_db()
    imported(by, batch)
    assert Person.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "text", "field", "read"),
    [
        ("Data ur.", "00.00.1985", "birth", "1985"),
        ("Data ur.", "XX.XX.1985", "birth", "1985"),
        ("Data ur.", "xx.05.1985", "birth", "1985-05"),
        ("Data ur.", "??.??.1985", "birth", "1985"),
        ("Data ur.", "1985-00-00", "birth", "1985"),
        ("Data ur.", "03.05.1990.", "birth", "1990-05-03"),
        ("Data ur.", "32996.0", "birth", "1990-05-03"),
        ("Data ur.", "٠٣.٠٥.١٩٩٠", "birth", "1990-05-03"),
        ("Data ur.", "3.05.\u200b1990", "birth", "1990-05-03"),
        ("Telefon", "600100200.0", "phones", ["600100200"]),
        ("Telefon", "٦٠٠١٠٠٢٠٠", "phones", ["600100200"]),
        ("Obywatelstwo", "BD", "citizenships", ["BD"]),
        ("Płeć", "x", "sex", "other"),
        ("Potrzebny tłumacz", "x", "needs_interpreter", True),
        ("Potrzebny tłumacz", "✓", "needs_interpreter", True),
        ("Potrzebny tłumacz", "☐", "needs_interpreter", False),
    ],
)
def test_values_are_read_as_they_are_meant(by, column, text, field, read):
    row = ["1", "Anna", "Nowak", "", "", "", "", "ukraiński", ""]
    row[HEADER.index(column)] = text
    batch = checked(by, a_file(row))
    assert told(batch)[1] == set()
    assert batch.rows.get().entry[field] == read


@pytest.mark.django_db
@pytest.mark.parametrize(("cell", "kept"), [("", None), ("tak", True), ("nie", False)])
def test_what_a_file_does_not_say_comes_in_as_not_asked(by, cell, kept):
    imported(by, checked(by, a_file(["1", "Anna", "Nowak", "", "600100200", "", cell, "ukraiński, rosyjski"])))
    person = Person.objects.get()
    assert [name.kind for name in person.names.all()] == ["not_asked"]
    assert [one.safety for one in person.channels.all()] == ["not_asked"]
    spoken = {one.language: (one.level, one.needs_interpreter) for one in person.languages.all()}
    assert spoken == {"uk": ("not_asked", kept), "ru": ("not_asked", None)}


@pytest.mark.django_db
def test_an_odd_date_is_the_only_question_of_its_column(by):
    rows = [["1", "Anna", "Nowak", "1.09.2018"], ["2", "Iwo", "Wilk", "03.13.2010"], ["3", "Ewa", "Lis", "12.03.1987"]]
    batch = checked(by, a_file(*rows))
    assert [told(batch, number)[1:] for number in (2, 3, 4)] == [
        (set(), set()),
        ({"no_such_date"}, set()),
        (set(), set()),
    ]
    assert [row.entry.get("birth") for row in batch.rows.order_by("number")] == ["2018-09-01", None, "1987-03-12"]


@pytest.mark.django_db
def test_a_number_that_cannot_be_is_remarked_and_kept(by):
    batch = checked(by, a_file(["1", "Anna", "Nowak", "", "301 00 00"]))
    assert told(batch)[1:] == (set(), {"odd_number"})


@pytest.mark.django_db
def test_names_and_headers_are_composed_and_hide_nothing(by):
    rows = [
        ["Imie\u0328", "Nazwisko", "Miasto"],
        ["Anna\u202e", "Wa\u0328s\u200b", unicodedata.normalize("NFD", "Gdańsk")],
    ]
    batch = imported(by, checked(by, as_csv(rows)))
    assert batch.state == "done"
    assert Person.objects.get().names.get().text == "Anna Wąs"
    assert Person.objects.get().dwellings.get().place.name == "Gdańsk"
