"""A row of a file of institutions: what it says of one."""

import re
from collections.abc import Mapping
from datetime import date

from przystan.institutions.enums import NameKind, NumberKind
from przystan.institutions.rules.numbers import Wrong, clean

from ..queries.words import Meanings
from ..rules import values
from ..rules.drafts import Draft, Problem, cells_of, look_up

NAMES = {"name": NameKind.OFFICIAL, "short_name": NameKind.SHORT, "former_name": NameKind.FORMER}
PLAIN = {"street": 200, "town": 120, "postcode": 10, "contact": 120, "contact_role": 120, "contact_phone": 60}
PLAIN |= {"phone": 60, "website": 200, "note": 2000}
WRONG = {Wrong.LENGTH: "number_length", Wrong.CHECK: "number_check"}
UNKNOWN_KIND = "other"
# "ul. Długa 1, 80-001 Gdańsk": what stands before the postcode is the street, what follows it the town.
WHOLE = re.compile(r"(?P<street>.*?)[\s,;]*\b(?P<postcode>\d{2}-\d{3})\b[\s,;]*(?P<town>[^,;]*)")


def read_institution(cells: tuple[str, ...], mapping: Mapping[int, str], meanings: Meanings, today: date) -> Draft:
    """What the mapped cells of one row say; `entry` has only the keys that were filled in."""
    draft = Draft()
    for column, name, text in cells_of(cells, mapping):
        if name in NAMES:
            draft.entry.setdefault("names", []).append({"text": text[:250], "kind": NAMES[name].value})
        elif name in NumberKind.values:
            _number(draft, column, name, text)
        elif name == "language":
            found = [
                draft.read(column, one, look_up(meanings.languages, "not_a_language")) for one in values.parts(text)
            ]
            draft.entry.setdefault("languages", []).extend(one for one in found if one)
        elif name in ("email", "contact_email"):
            _put(draft, name, draft.read(column, text, values.email))
        elif name == "kind":
            _put(draft, name, draft.read(column, text, look_up(meanings.institution_kinds, "not_a_kind")))
        elif name == "address":
            _address(draft, text)
        else:
            _put(draft, name, text[: PLAIN[name]])
    _whole(draft)
    return draft


def _put(draft: Draft, name: str, value: str | None) -> None:
    if value:
        draft.entry[name] = value


def _number(draft: Draft, column: int, kind: str, text: str) -> None:
    digits, wrong = clean(kind, text)
    if wrong:
        draft.problems.append(Problem(column, WRONG[wrong], text))
    else:
        draft.entry.setdefault("numbers", []).append([kind, digits])


def _address(draft: Draft, text: str) -> None:
    """All in one cell; without a postcode the last part is the town."""
    match = WHOLE.fullmatch(text)
    street, _comma, town = text.rpartition(",")
    found = match.groupdict() if match else {"street": street, "town": town}
    for name, part in found.items():
        draft.entry.setdefault(name, part.strip(" ,;")[: PLAIN[name]])


def _whole(draft: Draft) -> None:
    """What no single cell shows."""
    names = draft.entry.get("names", [])
    if not any(name["kind"] == NameKind.OFFICIAL for name in names):
        draft.problems.append(Problem(None, "no_name"))
    elif not any(map(str.isalnum, names[0]["text"])):
        draft.problems.append(Problem(None, "no_letters"))
    names.sort(key=lambda name: name["kind"] != NameKind.OFFICIAL)
    if "kind" not in draft.entry:
        draft.entry["kind"] = UNKNOWN_KIND
        draft.remark(None, "kind_unknown")
    if draft.entry.get("street") and not draft.entry.get("town"):
        draft.problems.append(Problem(None, "no_town"))
