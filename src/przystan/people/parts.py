"""What people adds to pages of other modules."""

from przystan.access.actors import Actor

from .queries import count_suspected
from .rights import PEOPLE_MERGE


def duplicates(actor: Actor) -> dict[str, object] | None:
    """How many pairs of records wait for a decision."""
    waiting = count_suspected(actor) if actor.can(PEOPLE_MERGE) else 0
    return {"waiting": waiting} if waiting else None
