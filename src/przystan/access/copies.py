"""Files made of many people's data live a day, and nobody looks for one person in them: all of them go at once.

Higher modules that keep such files add their part; lower ones know none of them.
"""

from collections.abc import Callable

Throwing = Callable[[int], None]
_throwings: list[Throwing] = []


def when_thrown(throwing: Throwing) -> None:
    """Call `throwing(organisation_id)` in the transaction that hides or erases somebody. Once, in `ready()`."""
    if throwing not in _throwings:
        _throwings.append(throwing)


def throw_copies(organisation_id: int) -> None:
    """Delete all of an organisation's: somebody in them is erased, or nobody may know of them any more."""
    for throwing in _throwings:
        throwing(organisation_id)
