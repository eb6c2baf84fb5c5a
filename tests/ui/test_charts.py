"""Geometry stays inside the picture and keeps proportions."""

from hypothesis import given
from hypothesis import strategies as st

from przystan.ui import charts

numbers = st.integers(0, 10**7)
labels = st.text(max_size=8)


@given(numbers, st.none() | numbers, st.none() | numbers)
def test_progress_stays_on_the_bar(value: int, target: int | None, forecast: int | None) -> None:
    bar = charts.progress(value, target, forecast)
    for place in (bar.done, bar.target_at, bar.forecast_at):
        assert place is None or 0 <= place <= 100
    assert bar.forecast_from + bar.forecast_width <= 100.01
    if bar.share is not None and bar.share >= 100:
        assert value >= (target or 0)


def test_progress_states() -> None:
    assert charts.progress(5).state == "open"
    assert charts.progress(5, 10).state == "open"
    assert charts.progress(10, 10, 4).state == "reached"
    assert charts.progress(5, 10, 12).state == "on_way"
    assert charts.progress(5, 10, 9).state == "short"


def test_nearly_there_is_not_a_hundred() -> None:
    assert charts.progress(1999, 2000).share == 99


@given(st.lists(st.tuples(labels, numbers), min_size=1, max_size=40))
def test_bars_are_proportional(rows: list[tuple[str, int]]) -> None:
    chart = charts.bars(rows)
    top = max(value for _, value in rows)
    for mark, (_, value) in zip(chart.marks, rows, strict=True):
        assert abs(mark.width - (100 * value / top if top else 0)) < 0.01


@given(st.lists(st.tuples(labels, st.lists(numbers, min_size=2, max_size=2)), min_size=1, max_size=30))
def test_columns_stand_inside_beside_and_above_each_other(rows: list[tuple[str, list[int]]]) -> None:
    chart = charts.stacked(rows, series=["a", "b"])
    right = 0.0
    for row in chart.rows:
        lower, upper = row.marks
        assert right <= lower.x <= lower.x + lower.width <= 100.01
        assert abs(upper.y + upper.height - lower.y) < 0.01
        assert upper.y >= -0.01
        right = lower.x + lower.width


@given(st.lists(st.tuples(labels, st.lists(st.none() | numbers, min_size=1, max_size=1)), max_size=30))
def test_lines_have_a_point_for_every_value_and_gaps_for_none(rows: list[tuple[str, list[int | None]]]) -> None:
    chart = charts.line(rows, series=["a"])
    known = [value for _, (value,) in rows if value is not None]
    assert len(chart.marks) == len(known)
    assert chart.lines[0].count("M") + chart.lines[0].count("L") == len(known)
    assert all(0 <= mark.y <= 100 for mark in chart.marks)


@given(numbers, st.none() | numbers)
def test_scale_covers_the_data_with_few_round_ticks(value: int, target: int | None) -> None:
    chart = charts.columns([("x", value)], target=target)
    assert chart.top >= max(value, target or 0)
    assert 2 <= len(chart.ticks) <= 6
    assert chart.ticks[0] == 0
    assert chart.ticks[-1] == chart.top


@given(st.integers(1, 60))
def test_at_most_twelve_labels_keep_their_places(count: int) -> None:
    labels = charts.columns([(str(n), n) for n in range(count)]).labels
    assert len(labels) == count
    assert sum(1 for label in labels if label) <= 12


def test_numbers_from_templates() -> None:
    assert [charts.plain(text) for text in ("12", "12.5", "", None, "x", 7)] == [12, 12.5, None, None, None, 7]
