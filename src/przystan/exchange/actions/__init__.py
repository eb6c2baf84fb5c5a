"""An import from the file to the undo. Each step leaves the batch in a state that can be looked at."""

from .checking import check
from .deciding import decide, decide_open
from .matching import match_columns
from .meanings import say_meanings
from .reading import read
from .running import run, start
from .taking import give_up, read_again, take, throw_away_files
from .undoing import Undone, start_undo, undo

__all__ = [
    "Undone",
    "check",
    "decide",
    "decide_open",
    "give_up",
    "match_columns",
    "read",
    "read_again",
    "run",
    "say_meanings",
    "start",
    "start_undo",
    "take",
    "throw_away_files",
    "undo",
]
