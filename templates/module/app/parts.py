"""What sample adds to pages of other modules."""

from przystan.access.actors import Actor
from przystan.people.models import Person

from . import queries
from .rights import SAMPLE_READ, SAMPLE_WRITE


def of_person(actor: Actor, person: Person) -> dict[str, object] | None:
    """A card on the person's page."""
    if not actor.can(SAMPLE_READ):
        return None
    return {"person": person, "items": queries.items_of(actor, person), "can_write": actor.can(SAMPLE_WRITE)}
