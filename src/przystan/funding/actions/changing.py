"""Entries that are changed or corrected, and what becomes of their payer."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.access.rights import Right
from przystan.ledger.rights import LEDGER_CLOSE
from przystan.support import actions as ledger
from przystan.support.models import Support
from przystan.support.rights import SUPPORT_LOG
from przystan.support.rules import Entry

from ..models import Allocation
from ..queries.cases import case_of, people_of
from ..queries.payers import Payers, Ranked
from ..rights import PAYER_CHOOSE
from .attribution import copy_allocation, withdraw
from .given import Given
from .paying import pay


@transaction.atomic
def amend(
    *,
    by: Actor,
    support: Support,
    entry: Entry,
    payer: str | None = None,
    reason: str = "",
    version: int | None = None,
) -> Given:
    """Change an entry of an open period. Its payer stays while it may pay, unless another one is chosen.

    `version`: of the entry that was read; ChangedMeanwhile when somebody amended it since.
    """
    before = Allocation.objects.filter(support=support).select_related("programme").first()
    changed = ledger.amend(by=by, support=support, entry=entry, version=version)
    if before is None:
        return pay(by=by, support=changed, payer=payer, reason=reason)
    people = people_of(by, changed)
    ranked = Payers(by, [case_of(changed, people)], hold=True).ranked(0)
    if _stays(before, ranked, payer, reason):
        return Given(changed, people, before, None, ranked)
    # Who may change an entry may also lose its payer that way: the reason is the change itself.
    withdraw(by=_with(by, PAYER_CHOOSE), support=changed, reason=_("The entry was changed."))
    return pay(by=by, support=changed, payer=payer, reason=reason)


@transaction.atomic
def correct(*, by: Actor, support: Support, reason: str, entry: Entry | None = None) -> tuple[Support, Given | None]:
    """Correct a closed entry: the counter-entry takes from the payer of what it reverses, the right one is new."""
    by.require(LEDGER_CLOSE)
    by = _with(by, SUPPORT_LOG)  # who closes periods corrects them, also without logging supports otherwise
    counter, right = ledger.correct(by=by, support=support, reason=reason, entry=entry)
    copy_allocation(by=by, source=support, target=counter)
    return counter, pay(by=by, support=right) if right else None


@transaction.atomic
def choose_payer(*, by: Actor, support: Support, payer: str, reason: str) -> Given:
    """Give a support of an open period another payer, or none."""
    by.require(PAYER_CHOOSE)
    if Allocation.objects.filter(support=support).exists():
        withdraw(by=by, support=support, reason=reason)
    return pay(by=_with(by, SUPPORT_LOG), support=support, payer=payer, reason=reason)


def _stays(before: Allocation, ranked: Sequence[Ranked], payer: str | None, reason: str) -> bool:
    """Whether nobody asked for another payer, or for another reason, and the one there is may pay."""
    if payer not in (None, before.programme.ref) or reason.strip() not in ("", before.reason):
        return False
    return before.programme in [one.programme for one in ranked if one.verdict is not False]


def _with(by: Actor, right: Right) -> Actor:
    """The same actor for a step that another right, checked before, implies."""
    return replace(by, rights=by.rights | {right})
