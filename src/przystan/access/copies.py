"""What is kept for a while beside the records goes when somebody in it is erased, or nobody may know of them any more.

Higher modules that keep such things add their part; lower ones know none of them.
"""

from collections.abc import Callable, Collection

Throwing = Callable[[int, Collection[str] | None], None]
_throwings: list[Throwing] = []


def when_thrown(throwing: Throwing) -> None:
    """Call `throwing(organisation_id, refs)` in the transaction that hides or erases somebody. Once, in `ready()`."""
    if throwing not in _throwings:
        _throwings.append(throwing)


def throw_copies(organisation_id: int, refs: Collection[str] | None = None) -> None:
    """Delete what an organisation keeps of these references (people, files, entries); None: of anybody.

    Files made of many people's data live a day, and nobody looks for one person in them: all of them go.
    """
    for throwing in _throwings:
        throwing(organisation_id, refs)
