"""Protects the one who must be hidden, the way a user does."""

from przystan.access import scope
from przystan.access.keys import staff
from przystan.access.keys.unlocked import ring
from przystan.people import actions
from przystan.team.queries import actor_for

from .world import World

PASSPHRASE = "cztery słowa których nikt"


def hide(world: World) -> None:
    """The case manager, who works with "hidden", protects them."""
    user = world.users["case_manager"]
    staff.confirm(user, staff.set_up(user, PASSPHRASE))
    actor = actor_for(user)
    assert actor
    with ring(user.pk, staff.by_passphrase(user, PASSPHRASE)), scope.acting(actor):
        actions.protect(by=actor, person=world.people["hidden"])
