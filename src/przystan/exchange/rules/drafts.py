"""A row on its way: what was understood, and what was not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .places import find_place
from .table import plain
from .unknown import NOTHING as NOTHING_MEANT
from .values import Unclear


@dataclass(frozen=True)
class Problem:
    """What is wrong or to be known of a row: the column (None: the whole row), a code, and the text concerned; for what
    the register or the ledger refused, its sentence as {language: sentence}."""

    column: int | None
    code: str
    text: str | dict[str, str] = ""


# Problems that the user solves by saying whom a row is about, or that it is about nobody we know.
OPEN = frozenset({"perhaps_known", "several_found", "perhaps_found", "nobody_found", "two_people"})
# Problems that the user solves by saying that a support is another one, or by leaving it out.
REPEATED = frozenset({"twice_in_file", "twice_in_ledger", "days_in_ledger"})


@dataclass
class Draft:
    """`entry` holds what was understood, ready for JSON; `remarks` say what was taken otherwise than it stands."""

    entry: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    left_out: bool = False  # unless the user says otherwise: it is no row about anybody
    relatives: list[Any] = field(default_factory=list)  # more people in the row: `rows.relatives.Relative`

    def remark(self, column: int | None, code: str, text: str = "") -> None:
        """Note something that the user should know and that stops nothing."""
        self.remarks.append(Problem(column, code, text))

    def read(self, column: int, text: str, reader: Callable[[str], Any]) -> Any:
        """The value of a cell, or None with a problem noted."""
        try:
            return reader(text)
        except Unclear as unclear:
            self.problems.append(Problem(column, unclear.code, text))
            return None


# What clerks write where they have nothing to write, and where the same word says something.
NOTHING = frozenset({"", *"- – — ? . x brak b/d bd n/d nd none n/a".split(), "brak danych", "nie ma", "nie dotyczy"})
SAYS_SOMETHING: Mapping[str, frozenset[str]] = {
    "citizenship": frozenset({"bd"}),  # Bangladesh
    "sex": frozenset({"x"}),
    "mark": frozenset({"x"}),
    **dict.fromkeys(("needs_interpreter", "interpreter"), frozenset({"x"})),
}


def cells_of(row: tuple[str, ...], mapping: Mapping[int, str]) -> Iterator[tuple[int, str, str]]:
    """(column, field, text) of the mapped cells in which there is something."""
    for column, name in mapping.items():
        if column < len(row) and not _is_nothing(name, row[column].strip().casefold()):
            yield column, name, row[column].strip()


def _is_nothing(name: str, word: str) -> bool:
    return word in NOTHING and word not in SAYS_SOMETHING.get(name, ())


def look_up(words: Mapping[str, str], code: str) -> Callable[[str], str | None]:
    """A reader that finds a word's meaning (None: it was said to mean nothing), or is Unclear with `code`."""

    def reader(text: str) -> str | None:
        try:
            return _meant(words[plain(text)])
        except KeyError as error:
            raise Unclear(code) from error

    return reader


def town(words: Mapping[str, str]) -> Callable[[str], str | None]:
    """A reader that finds the municipality, as `look_up`."""
    return lambda text: _meant(find_place(words, text))


def _meant(meaning: str) -> str | None:
    return None if meaning == NOTHING_MEANT else meaning


def is_open(decision: str, problems: list[dict[str, Any]]) -> bool:
    """Whether a row waits only for the user: to say whom it is about, or whether it is the same support again; with
    another problem it is bad in any case."""
    codes = {found["code"] for found in problems}
    return bool(codes) and ((decision == "new" and codes <= OPEN) or (decision == "same" and codes <= REPEATED))
