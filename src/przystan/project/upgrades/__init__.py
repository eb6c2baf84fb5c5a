"""Bringing data of any earlier version up to this one. What `przystan migrate` does, in its order:

1. `bridge`: states whose migrations were written anew are brought to where 0.1.0 stands, each in one transaction;
2. Django's migrations, each in one transaction;
3. `seal_waiting`: words that were kept in clear;
4. shipped rows, spellings, rights.

A mark in the database says that this has begun. It goes at the end, so an upgrade that was stopped is told and goes on.
"""

from .bridging import bridge, waiting
from .mark import began, begin, end
from .sealing import seal_waiting
from .states import FOLDED

__all__ = ["FOLDED", "began", "begin", "bridge", "end", "seal_waiting", "waiting"]
