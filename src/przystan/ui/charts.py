"""Numbers → geometry of small SVG pictures. Pure: no Django, no colours, no words of its own.

All lengths are shares of 100, so that the picture stretches to any width; labels are HTML beside the SVG and stay
readable on a phone. The table that stands beside each picture is made of the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

Number = int | float
FULL = 100.0


@dataclass(frozen=True)
class Progress:
    """A bar towards a target: `done`, `target` and `forecast` are places on it, 0 to 100; `share` is in per cent."""

    value: Number
    target: Number | None
    forecast: Number | None
    done: float
    target_at: float | None
    forecast_at: float | None
    share: int | None

    @property
    def state(self) -> str:
        """reached, on_way (the forecast reaches the target), short (it does not) or open (nothing to compare)."""
        if not self.target:
            return "open"
        if self.value >= self.target:
            return "reached"
        if self.forecast is None:
            return "open"
        return "on_way" if self.forecast >= self.target else "short"

    @property
    def forecast_from(self) -> float:
        return self.done

    @property
    def forecast_width(self) -> float:
        return max(0.0, (self.forecast_at or 0) - self.done)


def progress(value: Number, target: Number | None = None, forecast: Number | None = None) -> Progress:
    """The scale ends at the target, or beyond it when more was or will be done."""
    scale = max(value, target or 0, forecast or 0) or 1
    # Rounded down: 199 of 200 is not yet "100 %".
    share = floor(value * 100 / target) if target else None
    target_at, forecast_at = (None if n is None else round(_share(n, scale), 2) for n in (target, forecast))
    return Progress(value, target, forecast, round(_share(value, scale), 2), target_at, forecast_at, share)


def plain(value: object) -> Number | None:
    """A number from a template attribute ("12", "12.5", 12, ""); None when there is none."""
    if isinstance(value, int | float):
        return value
    text = str(value if value is not None else "").strip().replace("\u00a0", "")
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Mark:
    """One drawn value: a rectangle (bars, columns) or a point (lines); `series` counts from 0."""

    label: str
    value: Number
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    series: int = 0
    href: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the table beside the picture."""

    label: str
    values: tuple[Number | None, ...]
    href: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Chart:
    """What the `c-chart` component draws. kind: bars, columns or line."""

    kind: str
    rows: tuple[Row, ...]
    series: tuple[str, ...]
    top: Number
    ticks: tuple[Number, ...] = ()
    lines: tuple[str, ...] = ()
    target_at: float | None = None
    unit: str = ""
    label_head: str = ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for row in self.rows for mark in row.marks)

    @property
    def ticks_down(self) -> tuple[Number, ...]:
        return self.ticks[::-1]

    @property
    def grid(self) -> tuple[float, ...]:
        """Heights of the grid lines, from the top."""
        return tuple(round(FULL - _share(tick, self.top), 2) for tick in self.ticks)

    @property
    def labels(self) -> tuple[str, ...]:
        """At most twelve labels for the horizontal axis; the others are empty so that places stay even."""
        step = -(-len(self.rows) // 12) or 1
        return tuple(row.label if index % step == 0 else "" for index, row in enumerate(self.rows))


Data = Sequence[tuple[str, Number] | tuple[str, Number, str]]


def bars(rows: Data, *, unit: str = "", series: str = "", label_head: str = "") -> Chart:
    """Horizontal bars. rows: (label, value) or (label, value, link)."""
    top = max([row[1] for row in rows], default=0) or 1
    drawn = tuple(
        Row(label, (value,), href, (Mark(label, value, 0.0, 0.0, _share(value, top), FULL, 0, href),))
        for label, value, href in map(_linked, rows)
    )
    return Chart("bars", drawn, (series,), top, unit=unit, label_head=label_head)


def columns(
    rows: Data, *, target: Number | None = None, unit: str = "", series: str = "", label_head: str = ""
) -> Chart:
    """Upright columns over time. `target`: a level that each should reach, drawn as a line."""
    stack = [(label, (value,), href) for label, value, href in map(_linked, rows)]
    return _stacked(stack, (series,), target, unit, label_head)


def stacked(
    rows: Sequence[tuple[str, Sequence[Number]]], *, series: Sequence[str], unit: str = "", label_head: str = ""
) -> Chart:
    """Columns made of parts, one above the other, in the order of `series`."""
    return _stacked([(label, tuple(values), "") for label, values in rows], tuple(series), None, unit, label_head)


def line(
    rows: Sequence[tuple[str, Sequence[Number | None]]],
    *,
    series: Sequence[str],
    target: Number | None = None,
    unit: str = "",
    label_head: str = "",
) -> Chart:
    """One line for each series; None leaves a gap. Points stand in the middle of equal columns."""
    values = [value for _, row in rows for value in row if value is not None]
    top, ticks = _scale(max([*values, target or 0], default=0))
    drawn = tuple(
        Row(label, tuple(row), "", tuple(_point(label, value, n, i, len(rows), top) for n, value in enumerate(row)
                                         if value is not None))
        for i, (label, row) in enumerate(rows)
    )  # fmt: skip
    paths = tuple(_path([row.values[n] for row in drawn], top) for n in range(len(series)))
    return Chart("line", drawn, tuple(series), top, ticks, paths, _level(target, top), unit, label_head)


def _stacked(
    rows: Sequence[tuple[str, tuple[Number, ...], str]],
    series: tuple[str, ...],
    target: Number | None,
    unit: str,
    label_head: str,
) -> Chart:
    top, ticks = _scale(max([*(sum(values) for _, values, _ in rows), target or 0], default=0))
    drawn = tuple(
        Row(label, values, href, _column(label, values, href, index, len(rows), top))
        for index, (label, values, href) in enumerate(rows)
    )
    return Chart("columns", drawn, series, top, ticks, (), _level(target, top), unit, label_head)


def _column(label: str, values: tuple[Number, ...], href: str, index: int, count: int, top: Number) -> tuple[Mark, ...]:
    slot = FULL / count
    below, marks = 0.0, []
    for n, value in enumerate(values):
        height = _share(value, top)
        below += height
        marks.append(
            Mark(
                label,
                value,
                round(slot * (index + 0.15), 3),
                round(FULL - below, 3),
                round(slot * 0.7, 3),
                height,
                n,
                href,
            )
        )
    return tuple(marks)


def _point(label: str, value: Number, series: int, index: int, count: int, top: Number) -> Mark:
    return Mark(label, value, _middle(index, count), round(FULL - _share(value, top), 3), series=series)


def _path(values: Sequence[Number | None], top: Number) -> str:
    """An SVG path; the pen is lifted over gaps."""
    parts, drawing = [], False
    for index, value in enumerate(values):
        if value is None:
            drawing = False
            continue
        command = "L" if drawing else "M"
        parts.append(f"{command}{_middle(index, len(values))} {round(FULL - _share(value, top), 3)}")
        drawing = True
    return " ".join(parts)


def _middle(index: int, count: int) -> float:
    return round(FULL / count * (index + 0.5), 3)


def _level(target: Number | None, top: Number) -> float | None:
    return None if target is None else round(FULL - _share(target, top), 3)


def _share(value: Number, top: Number) -> float:
    return round(min(max(value / top, 0), 1) * FULL, 3)


def _scale(highest: Number) -> tuple[Number, tuple[Number, ...]]:
    """A round top of the scale and its ticks, 0 first: steps of 1, 2 or 5 times a power of ten, never below 1."""
    if highest <= 0:
        return 1, (0, 1)
    rough = highest / 4
    power = 10 ** floor(log10(rough)) if rough >= 1 else 1
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    count = -(-highest // step)
    top = step * count
    return top, tuple(step * n for n in range(int(count) + 1))


def _linked(row: tuple[str, Number] | tuple[str, Number, str]) -> tuple[str, Number, str]:
    return (*row, "") if len(row) == 2 else row
