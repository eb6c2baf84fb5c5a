"""What people brings to the tests that hold for every module (tests/harness/modules.py)."""

from typing import Any

from tests.leaks.world import World
from tests.matrix.addresses import Address, Refs


def purpose(refs: Refs, obj: str) -> dict[str, str]:
    """A kind of consent: the same texts for the installation."""
    return {"purpose": "photo" if obj == "own" else "no-such-kind"}


ADDRESSES = [
    Address("people:consents"),
    Address("people:signers", "GET POST", "times", kwargs=purpose),
]
ROWS = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "0-signers": "person", "0-age_from": "", "0-age_to": ""}


def signed_by_the_person(refs: Refs) -> dict[str, Any]:
    return {"valid_from": "2099-01-01", **{f"signers-{name}": value for name, value in ROWS.items()}}


# What a careful person types into its forms, where the words of all forms do not do (tests/hostile/filling.py).
FILLED = {"people:signers": signed_by_the_person}

# What holds because a row is held (tests/architecture/test_row_locks.py).

# What its forms leave in the audit log.
DEEDS = {"people:signers": "consent.signers"}


def crawled(world: World) -> list[str]:
    """References that its addresses may take."""
    return [person.ref for person in world.people.values()]
