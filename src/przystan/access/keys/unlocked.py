"""The opened key of whoever is asking, and the data keys opened so far: for the length of one request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from ..actors import Actor
from ..models import DataKey


@dataclass
class Ring:
    """`private`: the opened half of an account (`user_id`), if unlocked. By ref of a data key: `keys`, and `opened`."""

    user_id: int | None = None
    private: bytes | None = None
    keys: dict[str, DataKey] = field(default_factory=dict)
    opened: dict[str, bytes] = field(default_factory=dict)

    def forget(self) -> None:
        """Nothing that hung here opens anything any more."""
        self.keys.clear()
        self.opened.clear()


_ring: ContextVar[Ring | None] = ContextVar("key_ring", default=None)


@contextmanager
def ring(user_id: int | None = None, private: bytes | None = None) -> Iterator[Ring]:
    """A ring for one request or job; what hangs on it is forgotten at the end."""
    made = Ring(user_id, private)
    token = _ring.set(made)
    try:
        yield made
    finally:
        _ring.reset(token)


def current() -> Ring:
    """The ring of now; without one, an empty one that nobody keeps."""
    return _ring.get() or Ring()


def private_of(user_id: int | None) -> bytes | None:
    """The unlocked private key of this account; None when it is locked."""
    found = current()
    return found.private if user_id is not None and found.user_id == user_id else None


def has_key(actor: Actor) -> bool:
    """Whether the actor's own key is set up and unlocked."""
    return private_of(actor.user_id) is not None
