"""What is to be known of a file as a whole, kept as codes: "windows-1250", or with what it is about, "sheet:People"."""

from collections.abc import Iterable

AGES_ON, SHEET, EMPTY_ROWS = "ages_on", "sheet", "empty_rows"
HIDDEN_SHEET, HIDDEN_COLUMN, HIDDEN_ROWS = "hidden_sheet", "hidden_column", "hidden_rows"


def note(code: str, about: object) -> str:
    """One note with what it is about."""
    return f"{code}:{about}"


def about(notes: Iterable[str], code: str) -> list[str]:
    """What the notes of this code are about."""
    return [one.removeprefix(f"{code}:") for one in notes if one.startswith(f"{code}:")]


def without(notes: Iterable[str], code: str) -> list[str]:
    """The notes but those of this code."""
    return [one for one in notes if not one.startswith(f"{code}:")]
