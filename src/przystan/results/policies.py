"""Who may do what to an entry of the ledger of results."""

from typing import TYPE_CHECKING

from przystan.access.actors import Actor
from przystan.ledger import policies as ledger

from .rights import RESULTS_NOTE

if TYPE_CHECKING:
    from .models import Result


def may_amend(actor: Actor, result: "Result") -> bool:
    """Change a result of an open period: one's own, or anybody's for who looks after the ledger."""
    return ledger.may_amend(actor, result, RESULTS_NOTE)
