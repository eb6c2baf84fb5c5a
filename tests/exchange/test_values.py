"""What people type into cells."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.exchange.rules import values
from przystan.exchange.rules.values import Unclear

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1.02.1990", "1990-02-01"),
        ("01-02-90", "1990-02-01"),
        ("1/2/2019", "2019-02-01"),
        ("1990-02-01 00:00:00", "1990-02-01"),
        ("02.1990", "1990-02"),
        ("1990", "1990"),
        ("ok. 1985 r.", "1985"),
        ("3 maja 1991", "1991-05-03"),
        ("12 жовтня 1991", "1991-10-12"),
        ("32874", "1990-01-01"),
        ("19900203", "1990-02-03"),
        ("5.6.27", "1927-06-05"),
        ("około 1985", "1985"),
        ("17-maj-01", "2001-05-17"),
        ("17.V.2001", "2001-05-17"),
        ("XII 1999", "1999-12"),
    ],
)
def test_dates(text, read):
    assert str(values.partial_date(text, TODAY)) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31.02.1990", "no_such_date"),
        ("wiosna", "not_a_date"),
        ("13.13.2000", "no_such_date"),
        ("99", "not_a_date"),
        ("maj 12", "not_a_date"),
    ],
)
def test_what_is_no_date(text, code):
    with pytest.raises(Unclear) as unclear:
        values.partial_date(text, TODAY)
    assert unclear.value.code == code


def test_a_day_must_have_come_and_be_whole():
    with pytest.raises(Unclear, match="in_future"):
        values.past_day("1.01.2030", TODAY)
    with pytest.raises(Unclear, match="day_missing"):
        values.past_day("2020", TODAY)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("90", 90),
        ("1h30", 90),
        ("1:30", 90),
        ("1,5 godz.", 90),
        ("2 h", 120),
        ("45 min", 45),
        ("45'", 45),
        ("0", 0),
        ("01:30:00", 90),
    ],
)
def test_minutes(text, read):
    assert values.minutes(text) == read


def test_a_column_of_hours_counts_hours():
    assert values.minutes("1,5", hours=True) == 90


@pytest.mark.parametrize(("text", "read"), [("K", "female"), ("m.", "male"), ("Kobieta", "female"), ("чол", None)])
def test_sex(text, read):
    if read:
        assert values.sex(text) == read
    else:
        with pytest.raises(Unclear):
            values.sex(text)


def test_a_document_is_valid_until_a_year_ahead():
    assert values.last_day("31.12.28", TODAY) == date(2028, 12, 31)
    assert values.last_day("31.12.98", TODAY) == date(1998, 12, 31)


@pytest.mark.parametrize("text", ["4.86007E+10", "6.007008E8", "12", "mama"])
def test_what_is_no_phone_number(text):
    with pytest.raises(Unclear, match="not_a_phone"):
        values.phones(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("+48 600 100 200", [("+48 600 100 200", "")]),
        ("600 100 200 (mama, Gdańsk)", [("600 100 200", "mama, Gdańsk")]),
        ("tel. 600100200 / 500200300", [("600100200", ""), ("500200300", "")]),
        ("600-100-200 WhatsApp", [("600-100-200", "WhatsApp")]),
        ("mama i tata: 600100200; siostra: 500200300", [("600100200", "mama i tata"), ("500200300", "siostra")]),
        ("600100200 (mama), 500200300 (tata)", [("600100200", "mama"), ("500200300", "tata")]),
        ("(58) 301-00-00", [("(58) 301-00-00", "")]),
    ],
)
def test_numbers_are_taken_and_the_words_beside_them_are_kept(text, read):
    assert values.phones(text) == read


@pytest.mark.parametrize("text", ["600100200 do 15", "600 100 200 12:00-15:00", "600100200 500200300"])
def test_digits_left_over_make_a_phone_unclear(text):
    with pytest.raises(Unclear, match="not_a_phone"):
        values.phones(text)


@pytest.mark.parametrize(
    ("text", "doubt"), [("ok. 1985", True), ("1985?", True), ("1985 (?)", True), ("1985 r.", False)]
)
def test_a_date_in_doubt_is_read_and_its_doubt_seen(text, doubt):
    assert str(values.partial_date(text, TODAY)) == "1985"
    assert values.in_doubt(text) is doubt


READERS = [
    lambda text: values.partial_date(text, TODAY),
    lambda text: values.past_partial(text, TODAY),
    lambda text: values.past_day(text, TODAY),
    values.minutes,
    lambda text: values.minutes(text, hours=True),
    values.sex,
    values.yes_no,
    values.headcount,
    values.age,
    values.phones,
    values.email,
    values.parts,
]


@pytest.mark.parametrize("reader", READERS)
@given(text=st.text(max_size=30) | st.from_regex(r"[0-9.,:/hg -]{1,14}", fullmatch=True))
def test_any_text_is_read_or_unclear(reader, text):
    with suppress(Unclear):
        reader(text)


@given(st.dates(date(1907, 1, 1), TODAY))
def test_every_day_written_the_polish_way_is_read(day):
    assert values.past_day(f"{day.day}.{day.month:02}.{day.year}", TODAY) == day
