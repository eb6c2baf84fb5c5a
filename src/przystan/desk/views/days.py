"""Days in addresses."""

from datetime import date

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)  # what lies beyond has no week around it that a calendar knows


def day_in(text: str) -> date | None:
    """The day of an address, such as 2026-11-30; None for what is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
