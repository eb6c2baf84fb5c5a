"""Who may do what to an entry of the ledger of support."""

from typing import TYPE_CHECKING

from przystan.access.actors import Actor
from przystan.ledger import policies as ledger

from .rights import SUPPORT_LOG

if TYPE_CHECKING:
    from .models import Support


def may_amend(actor: Actor, support: "Support") -> bool:
    """Change an entry of an open period: one's own, or anybody's for who looks after the ledger."""
    return ledger.may_amend(actor, support, SUPPORT_LOG)


def may_complete(actor: Actor, support: "Support") -> bool:
    """Tick off the next step: any colleague who logs support may, it is shared work."""
    return actor.can(SUPPORT_LOG) and bool(support.next_step)
