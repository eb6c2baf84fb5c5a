"""A row of a people file: what it says of a person."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from przystan.kernel.phones import is_possible
from przystan.people.enums import NameKind

from ..queries.words import Meanings
from ..rules import values
from ..rules.drafts import Draft, Problem, cells_of, look_up, town

NAME_KINDS = {"name": NameKind.NOT_ASKED, "native_name": NameKind.NATIVE, "other_name": NameKind.OTHER}


DATES = frozenset({"birth", "arrived", "title_from", "title_to"})


def read_person(
    cells: tuple[str, ...],
    mapping: Mapping[int, str],
    meanings: Meanings,
    today: date,
    ages_on: date | None = None,
) -> Draft:
    """What the mapped cells of one row say; `entry` has only the keys that were filled in.

    `ages_on`: the day on which ages were true, for rows that do not tell it.
    """
    draft = Draft()
    readers = _readers(meanings, today)
    parts: dict[str, str] = {}
    for column, name, text in cells_of(cells, mapping):
        if name in NAME_KINDS:
            _names(draft).append({"text": text, "kind": NAME_KINDS[name].value})
        elif name in ("given", "family"):
            parts[name] = text
        elif name == "written":
            with suppress(values.Unclear):  # it is asked for an age only, which is not taken without it
                draft.entry[name] = readers[name](text)
        elif name == "phone":
            _read_phones(draft, column, text)
        elif name in READ_AS_LIST:
            _read_list(draft, column, name, text, readers[name])
        elif name in readers:
            found = draft.read(column, text, readers[name])
            if found is not None:
                draft.entry[name] = found
                if name in DATES and values.in_doubt(text):
                    draft.remark(column, "in_doubt", found)
    _join_name(draft, parts)
    _from_age(draft, ages_on)
    _title_of_dates(draft)
    if draft.entry.get("needs_interpreter") and not draft.entry.get("languages"):
        draft.remark(None, "interpreter_without_language")
    draft.problems += map(partial(Problem, None), _wrong_together(draft.entry))
    return draft


def _wrong_together(entry: Mapping[str, Any]) -> Iterator[str]:
    """Codes of what no single cell shows."""
    names = entry.get("names", [])
    if not names:
        yield "no_name"
    if any(not any(map(str.isalnum, name["text"])) for name in names):
        yield "no_letters"
    if entry.get("title_from", "") > entry.get("title_to", "9999"):
        yield "until_before_from"


READ_AS_LIST = {"citizenship": "citizenships", "language": "languages", "email": "emails"}


def _readers(meanings: Meanings, today: date) -> dict[str, Callable[[str], Any]]:
    return {
        "birth": lambda text: values.past_partial(text, today),
        "arrived": lambda text: values.past_partial(text, today),
        "age": values.age,
        "sex": values.sex,
        "citizenship": look_up(meanings.countries, "not_a_country"),
        "language": look_up(meanings.languages, "not_a_language"),
        "needs_interpreter": values.yes_no,
        "title": look_up(meanings.titles, "not_a_title"),
        "title_from": lambda text: values.full_date(text, today).isoformat(),
        "title_to": lambda text: values.last_day(text, today).isoformat(),
        "place": town(meanings.places),
        "point": look_up(meanings.points, "not_a_point"),
        "reference": lambda text: text[:40],
        "written": lambda text: values.past_partial(text, today),
        "email": values.email,
    }


def _read_list(draft: Draft, column: int, name: str, text: str, reader: Callable[[str], Any]) -> None:
    """Several values in a cell ("PL, UA"), or in several columns of one meaning."""
    found = [draft.read(column, part, reader) for part in values.parts(text)]
    kept = draft.entry.setdefault(READ_AS_LIST[name], [])
    kept += [value for value in found if value is not None and value not in kept]


def _read_phones(draft: Draft, column: int, text: str) -> None:
    """Numbers, and the words beside them: whose they are."""
    kept = draft.entry.setdefault("phones", [])
    for number, words in draft.read(column, text, values.phones) or []:
        kept += [number] if number not in kept else []
        if not is_possible(number):
            draft.remark(column, "odd_number", number)
        if words:
            draft.entry.setdefault("phone_words", {})[number] = words
            draft.remark(column, "beside_phone", words)


def _names(draft: Draft) -> list[dict[str, str]]:
    return draft.entry.setdefault("names", [])  # type: ignore[no-any-return]


def _join_name(draft: Draft, parts: Mapping[str, str]) -> None:
    if parts:
        text = " ".join(parts[part] for part in ("given", "family") if part in parts)
        _names(draft).insert(0, {"text": text, "kind": NameKind.NOT_ASKED.value, **parts})


def _from_age(draft: Draft, ages_on: date | None) -> None:
    """An age alone gives the year, give or take one; the later birth year is the safer guess for a child's rights.

    It is counted from the day of the row, else from the day of the file; without either it says nothing.
    """
    age, written = draft.entry.pop("age", None), draft.entry.pop("written", None)
    if age is None or "birth" in draft.entry:
        return
    year = int(written[:4]) if written else ages_on and ages_on.year
    if not year:
        draft.remark(None, "age_without_day", str(age))
    else:
        draft.entry["birth"] = str(year - age)
        draft.remark(None, "born_by_age", draft.entry["birth"])


def _title_of_dates(draft: Draft) -> None:
    """Days of a title that nobody wrote down are kept under the title "not known"."""
    if "title" not in draft.entry and {"title_from", "title_to"} & set(draft.entry):
        draft.entry["title"] = "unknown"
        draft.remark(None, "title_unknown")
