"""What funding adds to pages of other modules."""

from django.utils import timezone

from przystan.access.actors import Actor

from .models import Programme
from .queries.idle import idle
from .rights import PROGRAMMES_READ, PROGRAMMES_WRITE


def paying_for_nothing(actor: Actor, programme: Programme | None = None) -> dict[str, object] | None:
    """On a report, of one programme or of all: which of them stay at nought, because they pay for nothing."""
    found = idle(actor, timezone.localdate(), programme) if actor.can(PROGRAMMES_READ) else []
    return {"idle": found, "can_write": actor.can(PROGRAMMES_WRITE)} if found else None
