"""Sealed texts as pages show them: open, locked, or broken; never an error that takes the page with it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from przystan.access.sealing import Locked, Unreadable


class TextState(StrEnum):
    OPEN = "open"
    LOCKED = "locked"
    BROKEN = "broken"


@dataclass(frozen=True)
class Text:
    """A sealed text and whether it could be opened; `text` is "" unless it is OPEN."""

    text: str
    state: TextState


def text_of(row: Any, field: str) -> Text:
    """Open one sealed field of a row. LOCKED: one's own key is not unlocked. BROKEN: changed, moved, or no key."""
    try:
        return Text(str(getattr(row, field)), TextState.OPEN)
    except Locked:
        return Text("", TextState.LOCKED)
    except Unreadable:
        return Text("", TextState.BROKEN)
