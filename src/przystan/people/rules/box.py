"""What somebody typed into the one search box: names, a birth date or year, a phone number, an e-mail, a reference."""

import re
from dataclasses import dataclass

from przystan.kernel.dates import PartialDate, month_of
from przystan.kernel.refs import ALPHABET, LENGTH

from .same_person import told_names

FIRST_YEAR, LAST_YEAR = 1900, 2099
SHORTEST_PHONE = 4  # digits: the end of a number, as people remember it

_DAY_FIRST = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
_MONTH_FIRST = re.compile(r"^(\d{1,2})[./](\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[.-](\d{1,2})(?:[.-](\d{1,2}))?$")
_PHONE_PART = re.compile(r"^[+(]*[\d()./-]+$")
_EMAIL = re.compile(r"^<?([^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,})>?$")
_IN_WORDS = re.compile(r"\b(\d{1,2})\.?\s+([^\W\d_]{3,})\s+(\d{4})\b")
_REF = re.compile(f"^[{ALPHABET}]{{{LENGTH}}}$")


@dataclass(frozen=True)
class Asked:
    """The parts of a question. `text` is all of it, `name` its words, `digits` a phone number or the end of one.

    `email` is an address in small letters. `references` are texts that may be a reference of the centre. Who looks for
    "N.N." looks for nobody.
    """

    text: str
    name: str = ""
    birth: str = ""
    digits: str = ""
    references: tuple[str, ...] = ()
    email: str = ""

    @property
    def empty(self) -> bool:
        return not (self.name or self.birth or self.digits or self.references or self.email)


def understand(text: str) -> Asked:
    """Sort the words of a question. Never raises: what is neither date nor number is a name. A "/" before it is the key
    that leads to the box, pressed once more."""
    text = " ".join(text.replace("\0", " ").split()).lstrip("/ ")[:200]
    names: list[str] = []
    numbers: list[str] = []
    marks = [text]
    birth = email = ""
    for word in _IN_WORDS.sub(_in_digits, text).split():
        day = birth_of(word)
        if day and not birth and not (numbers and len(day) == 4):
            birth = day
        elif not email and (address := _EMAIL.match(word)):
            email = address[1].lower()
        elif _PHONE_PART.match(word) and any(map(str.isdigit, word)):
            numbers.append(word)
            marks.append(word)
        elif any(map(str.isdigit, word)):
            marks.append(word)
        elif any(map(str.isalpha, word)):
            names.append(word)
    digits = text if re.fullmatch(r"\d{4}", text) else re.sub(r"\D", "", "".join(numbers))
    return Asked(
        text=text,
        name=" ".join(told_names([" ".join(names)])),
        birth=birth,
        digits=digits if len(digits) >= SHORTEST_PHONE else "",
        references=_references(marks),
        email=email,
    )


def birth_of(word: str) -> str:
    """A year, month or day as a partial date, from "1987", "05.1987", "3.05.1987" or "1987-05-03"; else ""."""
    if re.fullmatch(r"\d{4}", word):
        parts: tuple[str | None, ...] = (word,)
    elif (found := _DAY_FIRST.match(word)) or (found := _MONTH_FIRST.match(word)):
        parts = found.groups()[::-1]
    elif found := _YEAR_FIRST.match(word):
        parts = found.groups()
    else:
        return ""
    iso = "-".join(part.zfill(2) for part in parts if part)
    return iso if FIRST_YEAR <= int(parts[0] or 0) <= LAST_YEAR and _is_date(iso) else ""


def own_ref(text: str) -> str:
    """The text as one of our own references, in capitals or with hyphens too; "" if it has not the shape of one."""
    plain = re.sub(r"[\s-]", "", text).lower()
    return plain if _REF.match(plain) else ""


def _in_digits(found: re.Match[str]) -> str:
    """ "10 lutego 1980" as "10.2.1980"; else as it stands."""
    month = month_of(found[2])
    return f"{found[1]}.{month}.{found[3]}" if month else found[0]


def _is_date(iso: str) -> bool:
    try:
        PartialDate.parse(iso)
    except ValueError:
        return False
    return True


def _references(marks: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark for mark in marks if any(map(str.isdigit, mark)) and len(mark) <= 40))
