"""What team adds to pages of other modules."""

from przystan.access.actors import Actor
from przystan.access.assurance import confirms

from .models import LoginReset, Membership
from .queries import may_confirm, open_resets, waiting_roles

SHOWN = 8


def asked(actor: Actor) -> dict[str, object] | None:
    """Roles and first passwords that somebody else asked for, for whoever can be the second person."""
    if not confirms(actor.rights):
        return None
    waiting: list[Membership | LoginReset] = [*waiting_roles(actor), *open_resets(actor)]
    found = [one for one in waiting if may_confirm(actor, one.asked_by_id, one.user_id)][:SHOWN]
    return {"asked": found} if found else None
