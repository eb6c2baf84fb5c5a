"""Periods and forecasts: plain rules."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.funding.rules.bands import Band, bands
from przystan.reports.rules import (
    WHOLE,
    between,
    forecast,
    month,
    months_within,
    period_of,
    quarter,
    quarters_within,
    year,
    years_within,
)

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-05-03_2026-06-01", date(2026, 5, 3), date(2026, 6, 1)),
        ("2026-06-01_2026-05-03", date(2026, 5, 3), date(2026, 6, 1)),
        ("_2026-06-01", None, date(2026, 6, 1)),
        ("2026-05-03_", date(2026, 5, 3), None),
        ("9999-q4", date(9999, 10, 1), date(9999, 12, 31)),
    ],
)
def test_codes(code: str, first: date | None, last: date | None) -> None:
    found = period_of(code)
    assert (found.first, found.last) == (first, last)
    assert period_of(found.code) == found


@pytest.mark.parametrize(
    "code", ["", "0000", "2026-13", "2026-q5", "x", "_", "2026-02-30_", "٢٠٢٦-13", "2026_", "1_2_3"]
)
def test_nonsense_is_the_whole_time(code: str) -> None:
    assert period_of(code) == WHOLE


@given(DAYS, DAYS)
def test_periods_follow_one_another_without_gaps(one: date, other: date) -> None:
    first, last = sorted([one, other])
    if (last - first).days > 3000:
        last = first.replace(day=1)
        first, last = sorted([first, last])
    for within in (years_within, quarters_within, months_within):
        found = list(within(first, last))[::-1]
        assert found[0].first <= first
        assert found[-1].last >= last
        for before, after in pairwise(found):
            assert (after.first - before.last).days == 1
            assert period_of(after.code) == after


@given(DAYS)
def test_every_day_has_its_periods(day: date) -> None:
    for one in (year(day.year), quarter(day.year, (day.month + 2) // 3), month(day.year, day.month), between(day, day)):
        assert one.first <= day <= one.last
        assert period_of(one.code) == one


def test_forecast() -> None:
    starts, ends = date(2026, 1, 1), date(2026, 12, 31)
    assert forecast(50, starts, ends, date(2026, 7, 2)) == 100  # 183 of 365 days
    assert forecast(7, starts, ends, ends) == 7
    assert forecast(7, starts, ends, date(2026, 1, 13)) is None  # too few days to tell
    assert forecast(7, starts, ends, date(2027, 1, 1)) is None
    assert forecast(7, starts, None, date(2026, 7, 2)) is None
    assert forecast(3, starts, date(2026, 1, 5), date(2026, 1, 5)) == 3


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ([0, 18, 61], ["0-17", "18-60", "61-"]),
        ([18], ["0-17", "18-"]),
        ([], ["0-"]),
        ([26, 18, 18, -3, "x", 999], ["0-17", "18-25", "26-"]),
    ],
)
def test_bands(starts: list[object], expected: list[str]) -> None:
    assert [band.code for band in bands(starts)] == expected
    assert Band(61, None).code == "61-"
