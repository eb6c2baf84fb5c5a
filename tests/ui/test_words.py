"""Dates, times and numbers in words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from przystan.kernel.dates import PartialDate
from przystan.ui.templatetags import ui


def test_days_in_polish() -> None:
    with translation.override("pl"):
        assert ui.day(date(2026, 5, 3)) == "3 maja 2026"
        assert ui.day("1987") == "1987"
        assert ui.day("1987-05-03") == "3 maja 1987"
        assert ui.day(PartialDate(1987, 5)) == "maj 1987"


@pytest.mark.parametrize(("language", "words"), [("pl", "46%"), ("uk", "46%"), ("ru", "46\u00a0%"), ("en", "46%")])
def test_per_cent_as_the_language_writes_it(language: str, words: str) -> None:
    with translation.override(language):
        assert ui.percent(46) == words


@pytest.mark.parametrize("value", [None, "", 0])
def test_no_day(value: object) -> None:
    assert ui.day(value) == ""


def test_moment_is_local() -> None:
    with translation.override("pl"):
        assert ui.moment(datetime(2026, 5, 3, 22, 30, tzinfo=UTC)) == "4 maja 2026, 00:30"


def test_minutes_and_numbers() -> None:
    with translation.override("en"):
        assert ui.minutes(90) == "1 h\u00a030 min"
        assert ui.minutes(0) == "0 min"
        assert ui.minutes(None) == ""
        assert ui.number(1234567) == "1,234,567"
    with translation.override("pl"):
        assert ui.number(1234567) == "1\u00a0234\u00a0567"


@pytest.mark.parametrize(
    ("name", "letters"), [("Олена Ковальчук", "ОК"), ("ნინო", "Ნ"), ("", "?"), ("(x) Anna", "A"), ("Ram", "R")]
)
def test_initials(name: str, letters: str) -> None:
    assert ui.initials(name) == letters


def test_languages_call_themselves() -> None:
    assert [ui.own_name(code) for code in ("pl", "uk")] == ["Polski", "Українська"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("pl", "5 grudnia 2026"), ("uk", "5 грудня 2026"), ("ru", "5 декабря 2026"), ("en", "5 December 2026")],
)
def test_a_day_ends_without_a_full_stop_however_it_is_written(language: str, words: str) -> None:
    """A sentence puts its own behind it."""
    with translation.override(language):
        assert (ui.day(date(2026, 12, 5)), date_format(date(2026, 12, 5))) == (words, words)
