"""What strangers sent is read apart: by a process with little time and memory, and neither database, keys nor files."""

from .parent import Bounds, Ended, Why, messages

__all__ = ["Bounds", "Ended", "Why", "messages"]
