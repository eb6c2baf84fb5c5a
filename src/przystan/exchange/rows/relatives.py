"""People who stand in the row of somebody else: "Dzieci: Anna (2015), Piotr ur. 3.05.2018"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from przystan.people.enums import NameKind
from przystan.people.rules.families import SEX

from ..queries.words import Meanings
from ..rules import values
from ..rules.columns import unnumbered
from ..rules.drafts import Draft, Problem
from ..rules.table import plain

# Columns with people, what they are to whoever the row is about, and the columns with their births.
COLUMNS: Final[Mapping[str, str]] = {"partner": "partner", "child": "child", "member": ""}
BIRTHS: Final[Mapping[str, str]] = {"partner_birth": "partner", "child_birth": "child"}
# "Anna, 2015, Piotr": a comma divides people only where a name follows.
BETWEEN: Final = re.compile(
    r"[;\n]|[,/+](?=\s*[^\W\d_]{2})(?!\s*(?:ur|lat|born|dob|r)\b)|\s(?:i|oraz|and|та|і|й|и|&)\s", re.IGNORECASE
)
DAY: Final = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[./-]\d{4}|(?:19|20)\d\d)\b"
)
AGE: Final = re.compile(
    r"\b(\d{1,2})\s*(?:lata?|l|rok|roku|r\.?\s?ż|y\.?o|years?|рок(?:и|ів)|рік|лет|год[а]?)\b\.?|\((\d{1,2})\)",
    re.IGNORECASE,
)
BESIDE: Final = re.compile(r"\b(?:ur(?:odz\w*)?|born|dob|r|рн|нар\w*|род)\b\.?", re.IGNORECASE)
AROUND: Final = " \t\n,;:–-•"
EDGES: Final = " \t\n,;:.()[]–-•"


Cell = tuple[int, str, str]  # column, field, text


@dataclass
class Relative:
    """Somebody more in a row: the column they stand in, what stands there of them, and what was understood."""

    column: int
    name: str
    text: str
    draft: Draft = field(default_factory=Draft)


def read_relatives(
    cells: Sequence[Cell], header: Sequence[str], head: Draft, family: str, meanings: Meanings, today: date
) -> list[Relative]:
    """The people in cells of `COLUMNS`, with births from `BIRTHS`; remarks on what names nobody go to the head.

    `family`: the family name of the head, "" where it cannot be told from the given names.
    """
    found: list[Relative] = []
    for column, name, text in sorted(cells):
        if name in BIRTHS:
            _add_births(column, text, _last(found, BIRTHS[name]), head, today)
            continue
        role = meanings.family_roles.get(plain(unnumbered(header[column])), COLUMNS[name])
        for piece in filter(None, (part.strip(AROUND) for part in BETWEEN.split(text))):
            one = Relative(column, name, piece)
            _understand(one, role, meanings, today)
            if "names" in one.draft.entry:
                _family_name(one, family)
                found.append(one)
            else:
                head.remark(column, "names_nobody", piece)
    return found


def _last(found: Sequence[Relative], name: str) -> list[Relative]:
    """Whoever stands in the last column of this kind: their births follow in the next."""
    column = max((one.column for one in found if one.name == name), default=None)
    return [one for one in found if one.column == column]


def _add_births(column: int, text: str, people: Sequence[Relative], head: Draft, today: date) -> None:
    pieces = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    if len(pieces) != len(people):
        head.remark(column, "births_of_others", text)
        return
    for one, piece in zip(people, pieces, strict=True):
        born = one.draft.read(column, piece, lambda said: values.past_partial(said, today))
        one.draft.entry |= {"birth": born} if born else {}


def _understand(one: Relative, role: str, meanings: Meanings, today: date) -> None:
    """Birth or age, what they are in the family, and the name, which is all the rest."""
    entry, text = one.draft.entry, one.text
    if day := DAY.search(text):
        born = one.draft.read(one.column, day[0], lambda said: values.past_partial(said, today))
        entry |= {"birth": born} if born else {}
        text = text.replace(day[0], " ", 1)
    if age := AGE.search(text):
        entry["age"] = int(age[1] or age[2])
        text = text.replace(age[0], " ", 1)
    words = [word for word in BESIDE.sub(" ", text).split() if word.strip(EDGES)]
    if words and (said := meanings.family_roles.get(plain(words[0]))):
        role, words = said, words[1:]
    if role:
        entry["family_role"] = role
    if sex := SEX.get(role):
        entry["sex"] = sex
    name = " ".join(word.strip(EDGES) for word in words)
    if any(map(str.isdigit, name)):
        one.draft.problems.append(Problem(one.column, "unclear_relative", one.text))
    if any(map(str.isalpha, name)):
        entry["names"] = [{"text": name, "kind": NameKind.DOCUMENT.value}]


def _family_name(one: Relative, family: str) -> None:
    """A given name alone: the family name is that of the row, which the user is told."""
    name = one.draft.entry["names"][0]
    if " " not in name["text"] and family:
        name |= {"given": name["text"], "family": family, "text": f"{name['text']} {family}"}
        one.draft.remark(None, "family_name_of_row", family)
