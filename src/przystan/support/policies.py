"""Who may do what to an entry of the ledger."""

from typing import TYPE_CHECKING

from przystan.access.actors import Actor

from .rights import LEDGER_CLOSE, SUPPORT_LOG

if TYPE_CHECKING:
    from .models import Support


def is_own(actor: Actor, support: "Support") -> bool:
    """Given or written by the actor."""
    return actor.user_id is not None and actor.user_id in (support.staff_id, support.created_by_id)


def may_amend(actor: Actor, support: "Support") -> bool:
    """Change an entry of an open period: one's own, or anybody's for who looks after the ledger."""
    return actor.can(SUPPORT_LOG) and (is_own(actor, support) or actor.can(LEDGER_CLOSE))


def may_correct(actor: Actor, support: "Support") -> bool:
    """Book a counter-entry against an entry of a closed period."""
    return actor.can(LEDGER_CLOSE) and support.sign == 1


def may_read_reason(actor: Actor, support: "Support") -> bool:
    """Read why an entry was corrected (tier 2): who gave or wrote it, and who looks after the ledger."""
    return is_own(actor, support) or actor.can(LEDGER_CLOSE)


def may_complete(actor: Actor, support: "Support") -> bool:
    """Tick off the next step: any colleague who logs support may, it is shared work."""
    return actor.can(SUPPORT_LOG) and bool(support.next_step)
