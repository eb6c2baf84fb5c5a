"""What every kind of workbook has: values of cells as text, and cells that are merged over rows."""

from bisect import bisect_right
from datetime import date, datetime, time
from typing import Any

from .limits import Tally

MERGED_CELL = "merged"
Grid = dict[int, list[str]]  # number of a row, from 1 -> texts of its cells
Area = tuple[int, int, int]  # column, first and last row of merged cells, from 1


def text_of(value: Any) -> str:
    """A value as a person would write it: days as ISO, whole numbers without ".0", yes and no as words."""
    match value:
        case None:
            return ""
        case bool():
            return "tak" if value else "nie"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            # A half of a letter, as `&#xD800;` or broken programs write it, is none.
            text = str(value).replace("\x00", "").strip()
            return text if text.isascii() else text.encode("utf-8", "replace").decode()


def spread(grid: Grid, numbers: list[int], area: Area, remarks: dict[int, set[str]], tally: Tally) -> None:
    """A cell merged over rows means the same for each of them (`numbers`: rows with anything in them); one merged over
    columns is a title and stays."""
    left, top, bottom = area
    if bottom == top or left > len(grid.get(top, ())):
        return
    text = grid[top][left - 1]
    covered = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)] if text else []
    tally.spread(len(covered), text)
    for number in covered:
        row = grid[number]
        row += [""] * (left - len(row))
        row[left - 1] = text
        remarks.setdefault(number, set()).add(MERGED_CELL)
