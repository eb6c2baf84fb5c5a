"""What every kind of file becomes first: sheets of texts."""

from dataclasses import dataclass

from ..rules.table import Row

LETTERS_LOST = "letters_lost"  # the remark on a row in which a program put LOST for what it could not read
LOST = "\ufffd"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (empty for CSV), its rows with anything in them, and codes of remarks on how it was read."""

    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
