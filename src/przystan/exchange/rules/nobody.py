"""Rows that are about nobody, though they stand among people: totals, headings printed again, a number and no more;
and cells that a spreadsheet program filled with an error, or a clerk with two people."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .drafts import Draft, Problem, cells_of
from .table import plain

NAMES: Final = frozenset({"given", "family", "name"})
TOTAL: Final = re.compile(
    r"(?:razem|suma|ogółem|ogolem|łącznie|lacznie|podsumowanie|total|sum|разом|всього|усього|итого|всего)\b[\s:=–-]*"
    r"(?:\d[\d\s.,]*)?\s*(?:os[óo]b\w*|os\.?|ludzi|klient\w*|uczestnik\w*|wierszy|people|persons?|rows|осіб|людей|чел\w*)?"
    r"[\s.:]*",
    re.IGNORECASE,
)
COUNTING: Final = frozenset({"reference", "family_number", "family_begins"})
ERROR: Final = re.compile(r"#(?:[^\W\d_]+(?:/0)?[!?]|[NН]/?[A-ZДА]!?|#+)|Err:\d{3}", re.IGNORECASE)
NUMBER: Final = re.compile(r"[\d\s.,)]*")
AND: Final = re.compile(r"\w\s+(?:i|oraz|and|та|і|й|и|&|\+)\s+\w", re.IGNORECASE)
TWO_NAMES: Final = re.compile(r"\w{2,}\s+\w{2,}\s*[\n/;]\s*\w{2,}\s+\w{2,}")


def leave_out(draft: Draft, cells: Sequence[str], header: Sequence[str], mapping: Mapping[int, str]) -> bool:
    """Mark a row that is about nobody, and say why; whether it was one."""
    if code := _why_nobody(cells, header, mapping):
        draft.left_out = True
        draft.remark(None, code)
        return True
    return False


def _why_nobody(cells: Sequence[str], header: Sequence[str], mapping: Mapping[int, str]) -> str:
    filled = [(column, text.strip()) for column, text in enumerate(cells) if text.strip()]
    said = {name: text for _column, name, text in cells_of(tuple(cells), mapping)}
    if _is_heading(filled, header):
        return "heading_again"
    if _is_total(filled, said):
        return "a_total"
    if not said.keys() - COUNTING and all(NUMBER.fullmatch(text) for _column, text in filled):
        return "only_a_number"
    if filled and all(ERROR.fullmatch(text) for _column, text in filled):
        return "only_errors"
    return ""


def _is_heading(filled: Sequence[tuple[int, str]], header: Sequence[str]) -> bool:
    same = sum(plain(text) == plain(header[column]) for column, text in filled if column < len(header))
    return 2 * same > len(filled) and same > (len(header) > 1)


def _is_total(filled: Sequence[tuple[int, str]], said: Mapping[str, str]) -> bool:
    """Nobody's name: "Razem 2", or "Razem" beside numbers only."""
    if not any(TOTAL.fullmatch(text) for _column, text in filled):
        return False
    name = " ".join(said[part] for part in ("name", "given", "family") if part in said)
    others = [text for _column, text in filled if not TOTAL.fullmatch(text)]
    return (not name or any(one.fullmatch(name) for one in (TOTAL, NUMBER))) and all(
        NUMBER.fullmatch(text) for text in others
    )


def note_cells(draft: Draft, cells: Sequence[str], mapping: Mapping[int, str]) -> None:
    """Errors of a spreadsheet program, and two people in one cell: the one must be mended, the other is asked."""
    for column, name, text in cells_of(tuple(cells), mapping):
        if ERROR.fullmatch(text):
            draft.problems = [one for one in draft.problems if one.column != column]
            draft.problems.append(Problem(column, "error_cell", text))
        elif name in NAMES and (AND.search(text) or TWO_NAMES.search(text)):
            draft.problems.append(Problem(None, "two_people"))
