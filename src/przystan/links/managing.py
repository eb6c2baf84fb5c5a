"""Which members of staff may manage a link."""

from przystan.access.actors import Actor, Forbidden

from .models import Link
from .purposes import purpose_of


def may_manage(actor: Actor, link: Link) -> bool:
    """Who made it, and colleagues with the same right who may know of whom it asks."""
    if link.organisation_id != actor.organisation_id or actor.held:
        return False
    if actor.is_system or link.by_id == actor.user_id:
        return True
    purpose = purpose_of(link)
    return bool(purpose and actor.can(purpose.right) and link.pk in purpose.subjects(actor, [link]))


def require_manage(actor: Actor, link: Link) -> None:
    """Raise Forbidden unless `may_manage`."""
    if not may_manage(actor, link):
        raise Forbidden("links.manage")
