"""Changes to the register of institutions. Each writes its audit row in the same transaction."""

from .changing import change, close, reopen
from .checking import check
from .parts import end, keep, remove, save_hours
from .registering import register

__all__ = ["change", "check", "close", "end", "keep", "register", "remove", "reopen", "save_hours"]
