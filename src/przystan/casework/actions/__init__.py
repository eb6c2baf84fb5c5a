"""Writing case files. Each action leaves its audit row in the same transaction."""

from .cases import close_case, open_case, reopen_case
from .members import end_lent, end_member, lend, name_member
from .notes import Conflict, amend_note, write_note

__all__ = [
    "Conflict",
    "amend_note",
    "close_case",
    "end_lent",
    "end_member",
    "lend",
    "name_member",
    "open_case",
    "reopen_case",
    "write_note",
]
