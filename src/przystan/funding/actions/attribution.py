"""Taking the payer off a support, and giving a counter-entry the payer of what it reverses."""

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.support.models import Support
from przystan.support.rights import SUPPORT_LOG

from ..models import Allocation
from ..rights import PAYER_CHOOSE
from .refusals import ReasonMissing, in_words


@transaction.atomic(savepoint=False)
def withdraw(*, by: Actor, support: Support, reason: str) -> None:
    """Take the payer off a support of an open period; it is then without one. ReasonMissing, ClosedPeriod."""
    by.require(PAYER_CHOOSE)
    if not reason.strip():
        raise ReasonMissing()
    support = Support.objects.seen_by(by).get(pk=support.pk)
    with door(), in_words():
        Allocation.objects.filter(support=support).delete()
    audit.record(by, "funding.withdraw", support, ["payer"])  # without the reason: typed words are nobody's to keep


@transaction.atomic(savepoint=False)
def copy_allocation(*, by: Actor, source: Support, target: Support) -> Allocation | None:
    """Give `target` the payer of `source`: for the counter-entry of a closed support.

    So it takes away from the same programme what was counted there. None when `source` has no payer. The rules are not
    asked again: a counter-entry follows what it reverses.
    """
    by.require(SUPPORT_LOG)
    row = Allocation.objects.filter(support=source).first()
    if row is None:
        return None
    copy = Allocation(
        support=target,
        programme_id=row.programme_id,
        suggested_id=row.suggested_id,
        reason=row.reason,
        by_id=by.user_id,
    )
    with door(), in_words():
        copy.save(force_insert=True)
    audit.record(by, "funding.attribute", target, ["payer"])
    return copy
