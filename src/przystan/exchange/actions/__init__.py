"""An import from the file to the undo. Each step leaves the batch in a state that can be looked at."""

from .checking import check
from .deciding import decide, decide_open
from .matching import match_columns
from .running import run, start
from .taking import choose_sheet, give_up, take, throw_away
from .undoing import Undone, undo

__all__ = [
    "Undone",
    "check",
    "choose_sheet",
    "decide",
    "decide_open",
    "give_up",
    "match_columns",
    "run",
    "start",
    "take",
    "throw_away",
    "undo",
]
