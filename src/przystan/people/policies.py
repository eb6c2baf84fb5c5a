"""Who may do what to a person."""

from typing import TYPE_CHECKING

from przystan.access.actors import Actor, Forbidden
from przystan.access.rights import Right

if TYPE_CHECKING:
    from .models import Person


def require_write(actor: Actor, *people: "Person") -> None:
    """Raise Forbidden unless the actor may change every one of these people."""
    actor.require(Right.PEOPLE_WRITE)
    _require_own(actor, people)


def require_merge(actor: Actor, *people: "Person") -> None:
    """Raise Forbidden unless the actor may decide that these records are one person, or are not."""
    actor.require(Right.PEOPLE_MERGE)
    _require_own(actor, people)


def _require_own(actor: Actor, people: "tuple[Person, ...]") -> None:
    if any(person.organisation_id != actor.organisation_id for person in people):
        raise Forbidden("a person of another organisation")
