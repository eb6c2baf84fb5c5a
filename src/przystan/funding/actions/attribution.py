"""Choosing the payer of one support."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.support.models import Support
from przystan.support.rights import SUPPORT_LOG

from ..models import Allocation, Programme
from ..queries.payers import Ranked, rank_payers
from ..rights import PAYER_CHOOSE
from .refusals import PayerRefused, ReasonMissing, in_words


@transaction.atomic(savepoint=False)
def attribute(
    *,
    by: Actor,
    support: Support,
    programme: Programme | None,
    reason: str = "",
    ranked: Sequence[Ranked] | None = None,
) -> Allocation | None:
    """Let a programme pay for a support that has no payer yet; None leaves it without.

    `ranked`: what `rank_payers` gave for this very support, when the caller has it (saves 4 queries; else it is asked
    again). Two statements then: the payer and the audit row. PaidAlready, PayerRefused (a programme that cannot pay
    is refused always), ReasonMissing (chosen is not the suggested one, or cannot be decided yet), ClosedPeriod.
    No savepoint: after a refusal the surrounding transaction is over, unless you opened `atomic()` around the call.
    """
    by.require(SUPPORT_LOG)
    if programme is None:
        return None
    ranked = rank_of(by, support) if ranked is None else ranked
    suggested = next((one.programme for one in ranked if one.suggested), None)
    _check(by, programme, suggested, reason, ranked)
    row = Allocation(
        support=support,
        programme=programme,
        suggested=suggested,
        reason="" if programme == suggested else reason.strip(),
        by_id=by.user_id,
    )
    with door(), in_words():
        row.save(force_insert=True)
    audit.record(by, "funding.attribute", support, ["payer"])
    return row


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

    Who corrects calls, in one transaction, `counter, right = support.actions.correct(...)`, then
    `copy_allocation(by=by, source=support, target=counter)`, so that the counter-entry takes away from the same
    programme what was counted there, and `attribute(by=by, support=right, programme=..., ...)` for the right entry,
    which may have another payer. None when `source` has no payer. The rules are not asked again: a counter-entry
    follows what it reverses.
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


def rank_of(by: Actor, support: Support) -> list[Ranked]:
    """`rank_payers` for a support of the ledger."""
    return rank_payers(
        by,
        people=list(support.people.order_by("id")),
        service=support.service,
        day=support.day,
        point=support.point,
        minutes=support.minutes,
        support_id=support.pk,
        headcount=support.headcount,
        hold=True,
    )


def _check(by: Actor, programme: Programme, suggested: Programme | None, reason: str, ranked: Sequence[Ranked]) -> None:
    """Raise unless this programme may pay, chosen by this actor for this reason."""
    offer = next((one for one in ranked if one.programme == programme), None)
    if offer is None:
        raise ValidationError({"payer": _("Choose a programme that runs on the day of the support.")})
    if offer.outside or offer.verdict is False:
        raise PayerRefused(programme.name, offer.reasons)
    if programme != suggested:
        by.require(PAYER_CHOOSE)
        if not reason.strip():
            raise ReasonMissing()
