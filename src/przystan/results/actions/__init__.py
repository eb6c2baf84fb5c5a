"""The one door into the ledger of results."""

from .amending import amend, remove
from .catalogue import retire, save_kind, save_scale
from .correcting import correct
from .noting import note, note_all

__all__ = ["amend", "correct", "note", "note_all", "remove", "retire", "save_kind", "save_scale"]
