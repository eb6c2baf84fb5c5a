"""Files of people's own making, turned into tables or refused in one clear sentence."""

from .files import MOST_BYTES, Sheet, Unreadable, read_sheets

__all__ = ["MOST_BYTES", "Sheet", "Unreadable", "read_sheets"]
