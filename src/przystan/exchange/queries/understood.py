"""What was understood of a row, in words, to stand beside what stood in the file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from przystan.access.models import User
from przystan.funding.models import Programme
from przystan.institutions.models import InstitutionKind
from przystan.people.enums import Sex
from przystan.reference.cldr import country_name, language_name
from przystan.reference.models import Place, ResidenceTitle
from przystan.support.enums import Mode
from przystan.support.models import Service, Topic
from przystan.team.models import Point
from przystan.ui.templatetags.ui import day, minutes

from ..wording import field_word

Entry = Mapping[str, Any]
# Of each entry key that holds codes or references: the table, by what its rows are found, and how one is called.
TABLES: Mapping[str, tuple[type[Model], str, str]] = {
    "title": (ResidenceTitle, "code", ""),
    "place": (Place, "code", "name"),
    "service": (Service, "code", ""),
    "topics": (Topic, "code", ""),
    "kind": (InstitutionKind, "code", ""),
    "point": (Point, "code", "name"),
    "staff": (User, "ref", "full_name"),
    "payer": (Programme, "ref", "name"),
}
# Keys of entries that have another name than the column that fills them.
FIELDS = {"citizenships": "citizenship", "phones": "phone", "emails": "email", "languages": "language"}
FIELDS |= {"topics": "topic", "person_name": "name"}
# As on a card: the database keeps the keys of an entry in no order that means anything.
ORDER = {
    key: place
    for place, key in enumerate(
        "names person_name birth sex citizenships phones emails day service topics minutes staff payer kind title"
        " title_from title_to".split()
    )
}
LEFT_AWAY = frozenset(
    {"phone_words", "family", "family_role", "there", "left"}
)  # said otherwise: as a remark, by `families`
PLACE_IN_WORDS = "supports"  # there a place is a text, elsewhere a town


@dataclass(frozen=True)
class Said:
    """One thing that was understood: what it is, and how it was taken."""

    word: Any
    text: str


def understood(kind: str, entries: Mapping[int, Entry]) -> dict[int, list[Said]]:
    """For each row, by its id, what its entry says; one query for each table that the entries name."""
    names = _names(kind, entries.values())
    return {pk: list(_said(kind, entry, names)) for pk, entry in entries.items()}


def _names(kind: str, entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """For each key that holds codes: code -> name."""
    codes: dict[str, set[str]] = {}
    for entry in entries:
        for key in TABLES.keys() & entry.keys():
            codes.setdefault(key, set()).update(_listed(entry[key]))
    if kind == PLACE_IN_WORDS:
        codes.pop("place", None)
    return {key: _called(*TABLES[key], wanted) for key, wanted in codes.items()}


def _called(table: type[Model], found_by: str, name: str, wanted: set[str]) -> dict[str, str]:
    rows = table._default_manager.filter(**{f"{found_by}__in": wanted}).order_by("pk")
    return {getattr(row, found_by): str(getattr(row, name) if name else row) for row in rows}


def _said(kind: str, entry: Entry, names: Mapping[str, Mapping[str, str]]) -> Iterable[Said]:
    for key, value in sorted(entry.items(), key=lambda pair: ORDER.get(pair[0], len(ORDER))):
        if key == "names":
            yield from _said_names(kind, value)
        elif key == "marks":
            left = entry.get("left", ())
            there = ", ".join(_mark(when, length) for column, when, length in value if column not in left)
            yield from [Said(field_word(kind, "days"), there)] if there else []
        elif key == "numbers":
            yield from (Said(field_word(kind, code), str(digits)) for code, digits in value)
        elif key not in LEFT_AWAY and value not in (None, "", []):
            say = _reader(key, names.get(key, {}))
            yield Said(field_word(kind, FIELDS.get(key, key)), ", ".join(map(say, _listed(value))))


def _said_names(kind: str, names: Sequence[Mapping[str, str]]) -> Iterable[Said]:
    """A name in parts says which is the given name, which the family's."""
    for name in names:
        parts = [part for part in ("given", "family") if name.get(part)]
        yield from (Said(field_word(kind, part), name[part]) for part in parts)
        if not parts:
            yield Said(field_word(kind, "name"), name["text"])


def _mark(when: str, length: int) -> str:
    return f"{day(when)} ({minutes(length)})" if length else str(day(when))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _reader(key: str, names: Mapping[str, str]) -> Callable[[Any], str]:
    """How a value of this key is said."""
    if key in READERS:
        return READERS[key]
    return lambda value: names.get(value, str(value))


def _yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label)


READERS: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("birth", "arrived", "day", "title_from", "title_to"), day),
    "sex": partial(_label, Sex),
    "mode": partial(_label, Mode),
    "citizenships": country_name,
    "languages": language_name,
    "language": language_name,
    "minutes": minutes,
    **dict.fromkeys(("needs_interpreter", "interpreter"), _yes_no),
}
