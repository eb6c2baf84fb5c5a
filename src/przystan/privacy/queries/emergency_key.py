"""The emergency key as pages show it: what is in force, and what waits for a second person."""

from dataclasses import dataclass

from przystan.access.actors import Actor
from przystan.access.keys import escrow
from przystan.access.models import Escrow, User

from ..policies import may_confirm_key, may_plan_key


@dataclass(frozen=True)
class Key:
    """An emergency key with who holds it. `confirms`: the actor may put it in force."""

    escrow: Escrow
    custodians: list[User]
    confirms: bool


def key_in_force(actor: Actor) -> Key | None:
    """The emergency key of the actor's organisation."""
    return _shown(actor, Escrow.objects.select_related("asked_by", "confirmed_by").in_force(actor.organisation_id))


def key_planned(actor: Actor) -> Key | None:
    """The one that waits for a second person; None for those whose work it is not."""
    if not may_plan_key(actor):
        return None
    return _shown(actor, Escrow.objects.select_related("asked_by").waiting(actor.organisation_id))


def _shown(actor: Actor, found: Escrow | None) -> Key | None:
    if found is None:
        return None
    holders = User.objects.filter(pk__in=escrow.custodians(found)).order_by("full_name")
    return Key(found, list(holders), may_confirm_key(actor, found))
