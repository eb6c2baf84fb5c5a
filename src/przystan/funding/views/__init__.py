"""Pages of programmes."""

from .editing import add, change, file, indicator, indicator_add, indicator_remove, limit_remove, limits, take_file
from .filters import where
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
    "indicator_remove",
    "limit_remove",
    "limits",
    "move",
    "payers",
    "programme",
    "programmes",
    "rule",
    "take_file",
    "where",
]
