"""Changes to the register of institutions. Each writes its audit row in the same transaction."""

from .catalogue import retire_kind, save_kind
from .changing import change, close, reopen
from .checking import check
from .merging import merge, undo_merge
from .pairs import mark_different
from .parts import end, keep, remove, save_hours
from .registering import register
from .removing import remove_unused
from .seeding import add_shipped

__all__ = [
    "add_shipped",
    "change",
    "check",
    "close",
    "end",
    "keep",
    "mark_different",
    "merge",
    "register",
    "remove",
    "remove_unused",
    "reopen",
    "retire_kind",
    "save_hours",
    "save_kind",
    "undo_merge",
]
