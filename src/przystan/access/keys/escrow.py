"""The emergency key of an organisation, for broken glass.

Its private half is kept nowhere. It is closed for each custodian (`needed` 1: any one opens it), or for every ordered
pair of custodians, a box inside a box (`needed` 2: two of them, one after the other, whoever comes first).
"""

import base64
from collections.abc import Sequence
from datetime import datetime
from itertools import permutations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import DataKey, Escrow, EscrowWrap, Glass, GlassApproval, KeyWrap
from ..tiers import Tier
from . import boxes, data
from .unlocked import private_of


@transaction.atomic
def plan(organisation_id: int, custodians: Sequence[int], needed: int, *, asked_by: int) -> Escrow:
    """Make an emergency key for these accounts, which waits for a second person; the one before stays in force.

    Takes the place of another plan that waits. ValidationError when they are too few or one has no key.
    """
    if len(set(custodians)) < needed + (needed == 2):
        raise ValidationError(_("Where two must agree, name three custodians; otherwise at least one."))
    try:
        publics = {user_id: data.public_of(user_id) for user_id in custodians}
    except data.NoKey as error:
        raise ValidationError(_("Every custodian needs a key of their own first.")) from error
    Escrow.objects.filter(organisation_id=organisation_id, confirmed_at=None).delete()
    private, public = boxes.new_pair()
    escrow = Escrow.objects.create(organisation_id=organisation_id, public=public, needed=needed, asked_by_id=asked_by)
    if needed == 1:
        _wrap(escrow, [(one, None, boxes.box(key, private)) for one, key in publics.items()])
    else:
        pairs = permutations(publics.items(), 2)
        _wrap(escrow, [(one, two, boxes.box(a, boxes.box(b, private))) for (one, a), (two, b) in pairs])
    return escrow


@transaction.atomic
def confirm(escrow: Escrow, confirmed_by: int) -> None:
    """Put a plan in force; the database refuses who asked for it.

    The key before opens nothing any more; files closed for it are closed for the new one when somebody who can open
    them unlocks their key next (`entrust`).
    """
    ours = escrow.organisation_id
    Escrow.objects.filter(organisation_id=ours).exclude(pk=escrow.pk).delete()
    KeyWrap.objects.filter(opener=KeyWrap.Opener.ESCROW, key__organisation_id=ours).delete()
    GlassApproval.objects.filter(glass__organisation_id=ours).update(released={})
    escrow.confirmed_by_id, escrow.confirmed_at = confirmed_by, timezone.now()
    escrow.save(update_fields=["confirmed_by", "confirmed_at"])


def entrust(organisation_id: int, user_id: int) -> int:
    """Close for the emergency key what this account opens and it does not yet, unless it was refused; returns how much.

    The account's own key must be unlocked: else nothing is done.
    """
    escrow, private = Escrow.objects.in_force(organisation_id), private_of(user_id)
    if escrow is None or private is None:
        return 0
    mine = KeyWrap.objects.filter(user_id=user_id, expires_at=None, key__organisation_id=organisation_id)
    left = mine.filter(key__in_escrow=True).exclude(key__wraps__opener=KeyWrap.Opener.ESCROW)
    public, opener = bytes(escrow.public), KeyWrap.Opener.ESCROW
    made = [
        KeyWrap(key_id=one.key_id, opener=opener, blob=boxes.box(public, boxes.unbox(private, bytes(one.blob))))
        for one in left
    ]
    return len(KeyWrap.objects.bulk_create(made, ignore_conflicts=True))


def needed(organisation_id: int) -> int:
    """How many must agree; 0 without an emergency key."""
    found = Escrow.objects.in_force(organisation_id)
    return found.needed if found else 0


def custodians(escrow: Escrow | None) -> set[int]:
    """Accounts that hold a part of an emergency key, or would."""
    return set(EscrowWrap.objects.filter(escrow=escrow).values_list("first_id", flat=True)) if escrow else set()


def keeps(holder: str, tier: Tier) -> bool:
    """Whether the emergency key opens what this holder's keys close."""
    return DataKey.objects.filter(holder=holder, tier=tier, wraps__opener=KeyWrap.Opener.ESCROW).exists()


def part_of(user_id: int | None, organisation_id: int) -> tuple[bytes, list[EscrowWrap]]:
    """A custodian's opened key and what it opens of the emergency key. ValidationError without either."""
    private = private_of(user_id)
    if private is None:
        raise ValidationError(_("Unlock your own key first."))
    current = Escrow.objects.in_force(organisation_id)
    mine = list(EscrowWrap.objects.filter(escrow=current, first_id=user_id)) if current else []
    if not mine:
        raise ValidationError(_("You hold no part of the emergency key."))
    return private, mine


@transaction.atomic
def approve(approval: GlassApproval, holder: str, tier: Tier, until: datetime) -> bool:
    """Open the approver's part. True when that was enough and the keys are lent to who asked, until then.

    The approver's own key must be unlocked. ValidationError in words when it is not, or they are no custodian.
    """
    glass = approval.glass
    private, mine = part_of(approval.by_id, glass.organisation_id)
    emergency = _opened(glass, approval.by_id, private, mine)
    if emergency is None:
        approval.released = {str(one.second_id): _text(boxes.unbox(private, bytes(one.blob))) for one in mine}
        approval.save(update_fields=["released"])
        return False
    lend(glass, holder, tier, emergency, until)
    glass.approvals.update(released={})  # the halves have done their work
    return True


def lend(glass: Glass, holder: str, tier: Tier, emergency: bytes, until: datetime) -> None:
    """Close the holder's keys for who asked, for a while."""
    public = data.public_of(glass.user_id)
    kept = KeyWrap.objects.filter(opener=KeyWrap.Opener.ESCROW, key__holder=holder, key__tier=tier)
    for wrap in kept.select_related("key"):
        theirs = KeyWrap.objects.filter(key=wrap.key, user_id=glass.user_id)
        if theirs.filter(expires_at=None).exists():
            continue
        theirs.delete()  # of an earlier time
        blob = boxes.box(public, boxes.unbox(emergency, bytes(wrap.blob)))
        opener = {"opener": KeyWrap.Opener.STAFF, "user_id": glass.user_id}
        KeyWrap.objects.create(key=wrap.key, blob=blob, expires_at=until, **opener)


def _opened(glass: Glass, by_id: int, private: bytes, mine: list[EscrowWrap]) -> bytes | None:
    """The emergency key, once the parts are together."""
    alone = next((one for one in mine if one.second_id is None), None)
    if alone:
        return boxes.unbox(private, bytes(alone.blob))
    for before in glass.approvals.exclude(by_id=by_id):
        if inner := before.released.get(str(by_id)):
            return boxes.unbox(private, base64.b64decode(inner))
    return None


def _wrap(escrow: Escrow, rows: list[tuple[int, int | None, bytes]]) -> None:
    EscrowWrap.objects.bulk_create(
        EscrowWrap(escrow=escrow, first_id=first, second_id=second, blob=blob) for first, second, blob in rows
    )


def _text(blob: bytes) -> str:
    return base64.b64encode(blob).decode()
