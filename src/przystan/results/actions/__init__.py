"""The one door into the ledger of results."""

from .amending import amend, remove
from .correcting import correct
from .noting import note, note_all

__all__ = ["amend", "correct", "note", "note_all", "remove"]
