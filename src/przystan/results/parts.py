"""What results add to pages of other modules."""

from przystan.access.actors import Actor
from przystan.institutions.models import Institution

from .queries import of_institution
from .rights import RESULTS_READ

SHOWN = 10


def institution(actor: Actor, one: Institution) -> dict[str, object] | None:
    """The latest results of an institution; None where there is none, or not for the actor."""
    found = list(of_institution(actor, one)[: SHOWN + 1]) if actor.can(RESULTS_READ) else []
    return {"results": found[:SHOWN], "more": len(found) > SHOWN} if found else None
