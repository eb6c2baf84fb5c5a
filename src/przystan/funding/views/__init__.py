"""Pages of programmes."""

from .editing import add, change, file, indicator, indicator_add, limit_remove, limits, take_file
from .moving import move
from .payers import payers
from .programmes import programme, programmes
from .rules import rule

__all__ = [
    "add",
    "change",
    "file",
    "indicator",
    "indicator_add",
    "limit_remove",
    "limits",
    "move",
    "payers",
    "programme",
    "programmes",
    "rule",
    "take_file",
]
