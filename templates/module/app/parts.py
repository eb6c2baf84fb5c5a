"""What sample adds to pages of other modules."""

from przystan.access.actors import Actor
from przystan.people.models import Person

from . import queries
from .rights import SAMPLE_READ, SAMPLE_WRITE

ON_TODAY = 5


def of_person(actor: Actor, person: Person) -> dict[str, object] | None:
    """A card on the person's page."""
    if not actor.can(SAMPLE_READ):
        return None
    rows = list(queries.items_of(actor, person))
    told = queries.reasons(actor, person, rows)
    lines = [{"item": row, "reason": told.get(row.pk, "")} for row in rows]
    return {"person": person, "lines": lines, "can_write": actor.can(SAMPLE_WRITE)}


def today(actor: Actor) -> dict[str, object] | None:
    """A card on Today; None where nothing waits."""
    rows = list(queries.waiting(actor)[:ON_TODAY]) if actor.can(SAMPLE_READ) else []
    return {"items": rows, "can_write": actor.can(SAMPLE_WRITE)} if rows else None
