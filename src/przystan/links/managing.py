"""Which members of staff may manage a link."""

from przystan.access.actors import Actor, Forbidden

from .models import Link
from .purposes import purpose_of


def may_manage(actor: Actor, link: Link) -> bool:
    """Whoever holds its purpose's right, and may know of whom it asks now. Who made it and no longer may, neither."""
    if link.organisation_id != actor.organisation_id or actor.held:
        return False
    if actor.is_system:
        return True
    purpose = purpose_of(link)
    if purpose is None:  # its module is gone, and with it whom it asked: who made it may still end it
        return link.by_id == actor.user_id
    return actor.can(purpose.right) and link.pk in purpose.matters(actor, [link])


def require_manage(actor: Actor, link: Link) -> None:
    """Raise Forbidden unless `may_manage`."""
    if not may_manage(actor, link):
        raise Forbidden("links.manage")
