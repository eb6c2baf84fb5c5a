"""A row of an attendance sheet: who it is about, and on which days they were there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..queries.words import Meanings
from ..rules import attendance, values
from ..rules.drafts import Draft, cells_of


def read_attendance(
    cells: tuple[str, ...], mapping: Mapping[int, str], meanings: Meanings, today: date, days: Mapping[int, date]
) -> Draft:
    """What the mapped cells of one row say. `days`: the day of each column of marks.

    `marks` of the entry: [column, day, minutes] of each day on which somebody was there; 0: as long as the group.
    """
    draft = Draft()
    parts: dict[str, str] = {}
    read, marks = attendance.mark(meanings.marks), []
    readers: dict[str, Any] = {
        "birth": lambda text: values.past_partial(text, today),
        "reference": lambda text: text[:40],
    }
    for column, name, text in cells_of(cells, mapping):
        if name in ("given", "family", "name"):
            parts[name] = text
        elif name == "mark":
            there = draft.read(column, text, read) if column in days else None
            marks += [[column, days[column].isoformat(), there]] if there is not None else []
        elif (found := draft.read(column, text, readers[name])) is not None:
            draft.entry[name] = found
    name = parts.get("name") or " ".join(parts[part] for part in ("given", "family") if part in parts)
    if name:
        draft.entry["person_name"] = name
    draft.entry["marks"] = marks
    if not marks and not draft.problems:
        draft.left_out = True
        draft.remark(None, "never_there")
    return draft
