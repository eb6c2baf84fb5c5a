"""Writing links: what staff does with them, what their bearers do, and what becomes of them by itself."""

from .answering import answer, note_opened, try_code
from .making import lead_nowhere, make, renew, revoke
from .reminding import done, make_due, note_silence

__all__ = [
    "answer",
    "done",
    "lead_nowhere",
    "make",
    "make_due",
    "note_opened",
    "note_silence",
    "renew",
    "revoke",
    "try_code",
]
