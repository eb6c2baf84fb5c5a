"""A row of a supports file: what was given, to whom, when."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ..queries.words import Meanings
from ..rules import values
from ..rules.drafts import Draft, Problem, cells_of, look_up


def read_support(cells: tuple[str, ...], mapping: Mapping[int, str], meanings: Meanings, today: date) -> Draft:
    """What the mapped cells of one row say; without a person it is an anonymous contact."""
    draft = Draft()
    readers = _readers(meanings, today)
    parts: dict[str, str] = {}
    for column, name, text in cells_of(cells, mapping):
        if name in ("given", "family", "name"):
            parts[name] = text
        elif name == "topic":
            topics = draft.entry.setdefault("topics", [])
            topics += [t for t in (draft.read(column, p, readers[name]) for p in values.parts(text)) if t]
        elif name in readers:
            found = draft.read(column, text, readers[name])
            if found is not None:
                draft.entry["minutes" if name == "hours" else name] = found
                if name in ("day", "birth") and values.in_doubt(text):
                    draft.remark(column, "in_doubt", found)
    name = parts.get("name") or " ".join(parts[part] for part in ("given", "family") if part in parts)
    if name:
        draft.entry["person_name"] = name
    _complete(draft)
    return draft


def _readers(meanings: Meanings, today: date) -> dict[str, Callable[[str], Any]]:
    return {
        "day": lambda text: values.past_day(text, today).isoformat(),
        "birth": lambda text: values.past_partial(text, today),
        "reference": lambda text: text[:40],
        "service": look_up(meanings.services, "not_a_service"),
        "topic": look_up(meanings.topics, "not_a_topic"),
        "minutes": values.minutes,
        "hours": lambda text: values.minutes(text, hours=True),
        "mode": look_up(meanings.modes, "not_a_mode"),
        "language": look_up(meanings.languages, "not_a_language"),
        "interpreter": values.yes_no,
        "staff": look_up(meanings.staff, "not_a_colleague"),
        "payer": look_up(meanings.programmes, "not_a_programme"),
        "headcount": values.headcount,
        "point": look_up(meanings.points, "not_a_point"),
        "place": lambda text: text[:120],
        "next_step": lambda text: text[:300],
    }


def _complete(draft: Draft) -> None:
    """A support needs a day and a service; what was there but unclear is said already."""
    unclear = {problem.code for problem in draft.problems}
    if "day" not in draft.entry and not unclear & {"not_a_date", "no_such_date", "in_future", "day_missing"}:
        draft.problems.append(Problem(None, "no_day"))
    if "service" not in draft.entry and "not_a_service" not in unclear:
        draft.problems.append(Problem(None, "no_service"))
