"""Who pays for supports that are in the ledger and have no payer yet: in sets, however many they are."""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.rules.sql import Condition
from przystan.support.actions import Recorded
from przystan.support.models import Support
from przystan.support.rights import SUPPORT_LOG

from ..models import Allocation, Programme
from ..queries.cases import case_of, people_of
from ..queries.payers import Payers, Ranked
from ..queries.sets import note_verdicts, verdicts_of
from ..rights import PAYER_CHOOSE, PROGRAMMES_WRITE
from .given import Given, Unpaid, Wish
from .refusals import PayerRefused, ReasonMissing, in_words

REASON_LENGTH = Allocation._meta.get_field("reason").max_length


@transaction.atomic(savepoint=False)
def pay(*, by: Actor, support: Support, payer: str | None = None, reason: str = "") -> Given:
    """Find a payer for one support of the ledger that has none, or take the one chosen. See `Wish` and `pay_all`."""
    recorded = Recorded(support, people_of(by, support))
    return pay_all(by=by, recorded=[recorded], wishes=[Wish(payer, reason)])[0]


@transaction.atomic(savepoint=False)
def pay_all(*, by: Actor, recorded: Sequence[Recorded], wishes: Sequence[Wish]) -> list[Given]:
    """Pay for supports that have no payer yet, in the order given; each has its wish.

    What a support takes of a limit is gone for the next. Up to four statements for any number of them: what decides,
    the limits, the payers, the audit rows; three more for each programme with settled supports. PaidAlready,
    PayerRefused (a chosen programme that cannot pay), ReasonMissing (chosen is not the suggested one, or cannot be
    decided yet), ClosedPeriod. No savepoint: after a refusal the surrounding transaction is over, unless you opened
    `scope.all_or_nothing()` or `atomic()` around the call.
    """
    by.require(SUPPORT_LOG)
    pairs = list(zip(recorded, wishes, strict=True))
    settled = _settled(by, [(one.support, wish) for one, wish in pairs if wish.settled])
    looking = [one for one, wish in pairs if _looks(wish)]
    payers, places = Payers(by, [case_of(one.support, one.people) for one in looking], hold=True), count()
    given = []
    for one, wish in pairs:
        if _looks(wish):
            given.append(_ranked(by, one, wish, payers, next(places)))
        else:
            row = settled.get(one.support.pk)
            given.append(Given(one.support, one.people, row, None if row else _why(wish)))
    _write(by, given)
    return given


def _looks(wish: Wish) -> bool:
    """Whether programmes are ranked for it."""
    return wish.asked and not wish.settled and wish.payer != ""


def _why(wish: Wish) -> Unpaid:
    if not wish.asked:
        return Unpaid.NOT_ASKED
    return Unpaid.CHOSEN if wish.payer == "" else Unpaid.NONE_FITS


def _ranked(by: Actor, one: Recorded, wish: Wish, payers: Payers, at: int) -> Given:
    """The support with the payer that was chosen, or the one suggested now."""
    ranked = payers.ranked(at)
    picked = pick(by, wish, ranked)
    if picked is None:
        return Given(one.support, one.people, None, Unpaid.NONE_FITS, ranked)
    payers.spend(at, picked.programme)
    return Given(one.support, one.people, Allocation(support=one.support, **picked._asdict()), None, ranked)


class Picked(NamedTuple):
    """What a row about the payer says of them."""

    programme: Programme
    suggested: Programme | None
    reason: str
    by_id: int | None


def pick(by: Actor, wish: Wish, ranked: Sequence[Ranked]) -> Picked | None:
    """The payer that was chosen, or the one suggested now; None where none fits. Raises what `pay_all` raises."""
    suggested = next((offer.programme for offer in ranked if offer.suggested), None)
    programme = suggested if wish.payer is None else _chosen(by, wish, suggested, ranked)
    if programme is None:
        return None
    return Picked(programme, suggested, "" if programme == suggested else wish.reason.strip(), by.user_id)


def _chosen(by: Actor, wish: Wish, suggested: Programme | None, ranked: Sequence[Ranked]) -> Programme:
    """The programme of the wish. Raises unless it may pay, chosen by this actor for this reason."""
    offer = next((one for one in ranked if one.programme.ref == wish.payer), None)
    if offer is None:
        raise ValidationError({"payer": _("This programme does not run on that day. Choose another payer.")})
    if offer.outside or offer.verdict is False:
        raise PayerRefused(offer.programme.name, offer.reasons)
    if offer.programme != suggested:
        by.require(PAYER_CHOOSE)
        if not wish.reason.strip():
            raise ReasonMissing()
    return offer.programme


def _settled(by: Actor, supports: Sequence[tuple[Support, Wish]]) -> dict[int, Allocation]:
    """Payers of supports that were paid for before, by support, where the programme's rule does not refuse."""
    if not supports:
        return {}
    by.require(PAYER_CHOOSE, PROGRAMMES_WRITE)
    rows: dict[int, Allocation] = {}
    named = {wish.payer for _, wish in supports}
    for programme in Programme.objects.seen_by(by).filter(ref__in=named, outside=False).order_by("rank", "id"):
        theirs = {support.pk: (support, wish) for support, wish in supports if wish.payer == programme.ref}
        note_verdicts(by, programme, Condition("s.id = ANY(%(supports)s)", {"supports": list(theirs)}))
        for pk, verdict in verdicts_of(theirs, programme).items():
            support, wish = theirs[pk]
            if verdict is not False:
                reason = wish.reason.strip()[:REASON_LENGTH]
                rows[pk] = Allocation(support=support, programme=programme, reason=reason, by_id=by.user_id)
    return rows


def _write(by: Actor, given: Iterable[Given]) -> None:
    rows = [one.allocation for one in given if one.allocation]
    if rows:
        with door(), in_words():
            Allocation.objects.bulk_create(rows, batch_size=5000)
        audit.record_all(by, "funding.attribute", [row.support for row in rows], ["payer"])
