"""What the page of one entry says alike, whichever ledger it is in."""

from typing import Any

from przystan.access.actors import Actor
from przystan.funding.rights import PAYER_CHOOSE
from przystan.ledger.models import Entry
from przystan.ledger.policies import may_correct
from przystan.ledger.queries import correction_reason, is_closed
from przystan.people.rights import PEOPLE_READ


def entry_page(actor: Actor, entry: Entry, amendable: bool) -> dict[str, Any]:
    """How an entry stands, who pays for it, and what the actor may do with it.

    `amendable`: whether the actor might amend it while its period is open.
    """
    closed, reversed_by = is_closed(entry), getattr(entry, "reversed_by", None)
    return {
        "allocation": getattr(entry, "allocation", None),
        "closed": closed,
        "reversed_by": reversed_by,
        "reason": correction_reason(actor, entry),
        "late": entry.booked_on != entry.day,
        "may_amend": not closed and amendable,
        "may_correct": closed and reversed_by is None and may_correct(actor, entry),
        "may_pay": not closed and entry.sign == 1 and actor.can(PAYER_CHOOSE),
        "can_read_people": actor.can(PEOPLE_READ),
    }
