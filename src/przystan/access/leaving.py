"""What ends when somebody is excluded from a person: higher modules add their part, lower ones know none of them."""

from collections.abc import Callable
from typing import Any

from .actors import Actor
from .models import User

Ending = Callable[[Actor, Any, User], None]
_endings: list[Ending] = []


def when_excluded(ending: Ending) -> None:
    """Call `ending(by, person, user)` in the transaction that excludes a user from a person. Once, in `ready()`."""
    if ending not in _endings:
        _endings.append(ending)


def excluded(by: Actor, person: Any, user: User) -> None:
    """End all that the user still had of this person."""
    for ending in _endings:
        ending(by, person, user)
