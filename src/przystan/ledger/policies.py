"""Who may do what to an entry of either ledger."""

from typing import TYPE_CHECKING

from przystan.access.actors import Actor
from przystan.access.rights import Right

from .rights import LEDGER_CLOSE

if TYPE_CHECKING:
    from .models import Entry


def is_own(actor: Actor, entry: "Entry") -> bool:
    """Given or written by the actor."""
    return actor.user_id is not None and actor.user_id in (entry.staff_id, entry.created_by_id)


def may_amend(actor: Actor, entry: "Entry", right: Right) -> bool:
    """Change an entry of an open period: one's own, or anybody's for who looks after the ledgers; no counter-entry.

    `right`: of those who write into the entry's ledger.
    """
    return entry.sign == 1 and actor.can(right) and (is_own(actor, entry) or actor.can(LEDGER_CLOSE))


def may_correct(actor: Actor, entry: "Entry") -> bool:
    """Book a counter-entry against an entry of a closed period."""
    return actor.can(LEDGER_CLOSE) and entry.sign == 1


def may_read_reason(actor: Actor, entry: "Entry") -> bool:
    """Read why an entry was corrected (tier 2): who gave or wrote it, and who looks after the ledgers."""
    return is_own(actor, entry) or actor.can(LEDGER_CLOSE)
