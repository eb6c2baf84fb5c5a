"""How long something took, by the clock of the wall; what a month comes to."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.staff.rules.hours import LONGEST, Noted, TooLong, minutes_between, overlap, span_of, total

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("day", "starts", "ends", "minutes"),
    [
        (date(2026, 11, 30), time(10), time(11, 30), 90),
        (date(2026, 11, 30), time(22), time(2), 240),
        (date(2026, 3, 28), time(22), time(4), 300),  # the clocks go forward in this night
        (date(2026, 10, 24), time(22), time(4), 420),  # and back in this one
        (date(2026, 11, 30), time(8), time(0), 960),
    ],
)
def test_minutes_on_the_clock(day: date, starts: time, ends: time, minutes: int) -> None:
    assert minutes_between(day, starts, ends, WARSAW) == minutes


@pytest.mark.parametrize(("starts", "ends"), [(time(10), time(10)), (time(8), time(0, 1)), (time(11), time(10))])
def test_more_than_sixteen_hours_is_a_slip(starts: time, ends: time) -> None:
    with pytest.raises(TooLong):
        minutes_between(date(2026, 11, 30), starts, ends, WARSAW)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.times(), st.times())
def test_what_is_told_is_how_long_the_span_is(day: date, starts: time, ends: time) -> None:
    starts, ends = starts.replace(microsecond=0, second=0, fold=0), ends.replace(microsecond=0, second=0, fold=0)
    first, last = span_of(day, starts, ends, WARSAW)
    try:
        found = minutes_between(day, starts, ends, WARSAW)
    except TooLong:
        assert not timedelta() < last - first <= timedelta(minutes=LONGEST)
    else:
        assert timedelta(minutes=found) == last - first


def at(hour: int) -> datetime:
    return datetime(2026, 11, 30, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [((8, 10), (9, 11), True), ((8, 12), (9, 10), True), ((8, 9), (9, 10), False), ((8, 9), (10, 11), False)],
)
def test_spans_overlap_where_a_moment_is_common(one: tuple[int, int], other: tuple[int, int], common: bool) -> None:
    spans = (at(one[0]), at(one[1])), (at(other[0]), at(other[1]))
    assert overlap(*spans) is overlap(*reversed(spans)) is common


def test_a_month_adds_up() -> None:
    rows = [Noted(90, True), Noted(60, False), Noted(-90, True), Noted(30, True), Noted(-60, False)]
    found = total(rows)
    assert (found.confirmed, found.waiting, found.all) == (30, 0, 30)
    assert total([]).all == 0
