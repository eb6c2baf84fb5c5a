"""Files of people's own making, turned into tables or refused in one clear sentence.

What is in them is looked at by a process apart (`child`), never by one that serves pages: it starts in `apart`.
"""

from .apart import Found, GivenUp, Order, read_apart
from .limits import Unreadable

__all__ = ["Found", "GivenUp", "Order", "Unreadable", "read_apart"]
