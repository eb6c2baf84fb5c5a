"""A row of a people file: what it says of a person."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from przystan.kernel.phones import is_possible
from przystan.people.enums import NameKind
from przystan.people.rules.families import SEX

from ..queries.words import Meanings
from ..rules import values
from ..rules.drafts import Draft, Problem, cells_of, look_up, town
from ..rules.table import plain
from .relatives import BIRTHS, COLUMNS, Cell, read_relatives

NAME_KINDS = {"name": NameKind.NOT_ASKED, "native_name": NameKind.NATIVE, "other_name": NameKind.OTHER}


# How headers begin of columns in which the family name stands first.
FAMILY_FIRST = ("nazwisko", "surname", "family", "last", "прізвище", "фамилия")
DATES = frozenset({"birth", "arrived", "title_from", "title_to"})


def read_person(
    cells: tuple[str, ...],
    mapping: Mapping[int, str],
    meanings: Meanings,
    today: date,
    ages_on: date | None = None,
    header: Sequence[str] = (),
) -> Draft:
    """What the mapped cells of one row say; `entry` has only the keys that were filled in.

    `ages_on`: the day on which ages were true, for rows that do not tell it. `header`: what columns are called, which
    tells a wife from a husband.
    """
    draft = Draft()
    readers = _readers(meanings, today)
    parts: dict[str, str] = {}
    others: list[Cell] = []
    for column, name, text in cells_of(cells, mapping):
        if name in NAME_KINDS:
            _names(draft).append({"text": text, "kind": NAME_KINDS[name].value})
        elif name in ("given", "family"):
            parts[name] = text
        elif name in COLUMNS or name in BIRTHS:
            others.append((column, name, text))
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
    if others:
        headers = [plain(header[column]) for column in mapping if mapping[column] == "name"]
        family = _family_name(draft, parts, headers)
        draft.relatives = read_relatives(others, header, draft, family, meanings, today)
    _ages(draft, ages_on)
    if "sex" not in draft.entry and (sex := SEX.get(draft.entry.get("family_role", ""))):
        draft.entry["sex"] = sex
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
        "family_number": lambda text: text[:40],
        "family_begins": lambda text: text[:40],
        "family_role": look_up(meanings.family_roles, "not_a_family_role"),
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


def _family_name(draft: Draft, parts: Mapping[str, str], headers: Sequence[str]) -> str:
    """The family name of a row, as far as it can be told: in a cell of its own, or the one that is not the given name
    where a whole name has two words, in the order that the header says."""
    whole: list[list[str]] = [name["text"].split() for name in draft.entry.get("names", []) if "given" not in name]
    if "family" in parts or not whole or len(whole[0]) != len(("given", "family")):
        return parts.get("family", "")
    return whole[0][0 if headers and headers[0].startswith(FAMILY_FIRST) else 1]


def _ages(draft: Draft, ages_on: date | None) -> None:
    """Of everybody in the row: counted from the day of the row, else from the day of the file."""
    written = draft.entry.pop("written", None)
    year = int(written[:4]) if written else ages_on.year if ages_on else 0
    for one in [draft, *(relative.draft for relative in draft.relatives)]:
        _from_age(one, year)


def _from_age(draft: Draft, year: int) -> None:
    """An age alone gives the year, give or take one; the later birth year is the safer guess for a child's rights.
    Without a year in which it was true it says nothing.
    """
    age = draft.entry.pop("age", None)
    if age is None or "birth" in draft.entry:
        return
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
