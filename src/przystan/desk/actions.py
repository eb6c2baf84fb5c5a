"""What a form at the desk sets going: an entry in the ledger and its payer, both or neither."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.rights import Right
from przystan.funding import actions as funding
from przystan.funding.models import Allocation
from przystan.funding.queries.payers import Ranked, rank_payers
from przystan.funding.rights import PAYER_CHOOSE
from przystan.people.models import Person
from przystan.support import actions as ledger
from przystan.support.models import Gathering, Support
from przystan.support.rights import LEDGER_CLOSE, SUPPORT_LOG
from przystan.support.rules import Entry

# Of a payer: nothing was said, so the product's suggestion stands.
UNSAID = None


@transaction.atomic(savepoint=False)
def log(*, by: Actor, entry: Entry, payer: str | None = UNSAID, reason: str = "") -> Support:
    """Write a support (or an anonymous contact) and who pays for it.

    `payer`: reference of a programme, "" for nobody, UNSAID for the one that is suggested, if any. Raises what
    `support.actions.record` and `funding.actions.attribute` raise. No savepoint: after a refusal the surrounding
    transaction is over, unless you opened `scope.attempt()` or `atomic()` around the call.
    """
    with audit.together():
        support = ledger.record(by=by, entry=entry)
        pay(by, support, payer, reason)
    return support


@transaction.atomic
def log_group(*, by: Actor, entry: Entry, title: str = "") -> Gathering:
    """Write a group; each support in it gets the payer suggested for it."""
    with audit.together():
        gathering = ledger.record_group(by=by, entry=entry, title=title)
        people = Prefetch("people", Person.objects.seen_by(by).order_by("pk"))
        for support in gathering.supports.select_related("service", "point").prefetch_related(people):
            support.given_to = tuple(support.people.all())
            pay(by, support, UNSAID, "")
    return gathering


@transaction.atomic
def amend(
    *,
    by: Actor,
    support: Support,
    entry: Entry,
    payer: str | None = UNSAID,
    reason: str = "",
    version: int | None = None,
) -> Support:
    """Change an entry of an open period. Its payer stays while it may pay, unless another one is chosen.

    `version`: of the entry that was read; ChangedMeanwhile when somebody amended it since.
    """
    before = Allocation.objects.filter(support=support).select_related("programme").first()
    changed = ledger.amend(by=by, support=support, entry=entry, version=version)
    ranked = ranked_for(by, changed)
    if before and _stays(before, ranked, payer, reason):
        return changed
    if before:
        _release(by, changed)
    pay(by, changed, payer, reason, ranked)
    return changed


@transaction.atomic
def correct(*, by: Actor, support: Support, reason: str, entry: Entry | None = None) -> tuple[Support, Support | None]:
    """Correct a closed entry: the counter-entry takes from the payer of what it reverses, the right one is new."""
    by.require(LEDGER_CLOSE)
    by = _with(by, SUPPORT_LOG)  # who closes periods corrects them, also without logging supports otherwise
    counter, right = ledger.correct(by=by, support=support, reason=reason, entry=entry)
    funding.copy_allocation(by=by, source=support, target=counter)
    if right:
        pay(by, right, UNSAID, "")
    return counter, right


@transaction.atomic
def choose_payer(*, by: Actor, support: Support, payer: str, reason: str) -> Support:
    """Give a support of an open period another payer, or none."""
    by.require(PAYER_CHOOSE)
    if Allocation.objects.filter(support=support).exists():
        funding.withdraw(by=by, support=support, reason=reason)
    support.given_to = tuple(Person.objects.seen_by(by).filter(supports=support).order_by("pk"))
    pay(_with(by, SUPPORT_LOG), support, payer, reason)
    return support


def pay(by: Actor, support: Support, payer: str | None, reason: str, ranked: list[Ranked] | None = None) -> None:
    """Attribute a support to the payer that was chosen, or the one suggested."""
    if payer == "":
        return
    ranked = ranked_for(by, support) if ranked is None else ranked
    wanted = [one.programme for one in ranked if (one.suggested if payer is UNSAID else one.programme.ref == payer)]
    if wanted:
        funding.attribute(by=by, support=support, programme=wanted[0], reason=reason, ranked=ranked)
    elif payer is not UNSAID:
        raise ValidationError({"payer": _("This programme does not run on that day. Choose another payer.")})


def ranked_for(by: Actor, support: Support) -> list[Ranked]:
    """Payers of an entry that was just written, without reading it again."""
    return rank_payers(
        by,
        people=support.given_to,
        service=support.service,
        day=support.day,
        point=support.point,
        minutes=support.minutes,
        support_id=support.pk,
        headcount=support.headcount,
        hold=True,
    )


def _stays(before: Allocation, ranked: list[Ranked], payer: str | None, reason: str) -> bool:
    """Whether nobody asked for another payer, or for another reason, and the one there is may pay."""
    if payer not in (UNSAID, before.programme.ref) or reason.strip() not in ("", before.reason):
        return False
    return before.programme in [one.programme for one in ranked if one.verdict is not False]


def _release(by: Actor, support: Support) -> None:
    """Who may change an entry may also lose its payer that way: the reason is the change itself."""
    funding.withdraw(by=_with(by, PAYER_CHOOSE), support=support, reason=_("The entry was changed."))


def _with(by: Actor, right: Right) -> Actor:
    """The same actor for a step that another right, checked before, implies."""
    return replace(by, rights=by.rights | {right})
