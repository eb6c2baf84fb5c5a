"""Reading seats, for whoever asks."""

from przystan.access.actors import Actor

from .models import Seat
from .rights import SEATS_READ


def seat(actor: Actor, ref: str) -> Seat:
    """One of them. Seat.DoesNotExist for what is not there, or not for this actor."""
    actor.require(SEATS_READ)
    return Seat.objects.seen_by(actor).get(ref=ref)
