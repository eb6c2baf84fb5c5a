"""Letting somebody in for some hours: to the team of a person or a file, and to its keys by the emergency key."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access.actors import Actor, system
from przystan.access.keys import data, escrow
from przystan.access.models import DataKey, Glass, GlassApproval, KeyWrap
from przystan.access.modules import holders
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.people.actions import lending as people

from ..queries.glass import PERSON, Target


def needs_keys(target: Target) -> bool:
    """Whether keys of tier 3 or 4 close it: then a yes alone opens nothing."""
    holder, tier = target.ref, target.least_tier
    return tier > Tier.T2 and DataKey.objects.filter(holder=holder, tier=tier).exists()


def in_reach(target: Target) -> bool:
    """Whether it needs no keys, or the emergency key has them."""
    return not needs_keys(target) or escrow.keeps(target.ref, target.least_tier)


def require_hands(*, by: Actor, glass: Glass) -> None:
    """Raise ValidationError unless who approves can open a part of the emergency key, and who asked has a key."""
    escrow.part_of(by.user_id, glass.organisation_id)
    try:
        data.public_of(glass.user_id)
    except data.NoKey:
        raise ValidationError(_("Who asked has no key of their own yet. They set one up first.")) from None


def release(*, approval: GlassApproval, target: Target, until: datetime) -> bool:
    """Open the approver's part of the emergency key. True when that was enough and keys are lent until then.

    What has no keys of tiers 3 or 4 needs none: one yes is enough.
    """
    return not needs_keys(target) or escrow.approve(approval, target.ref, target.least_tier, until)


def lend(*, by: Actor, glass: Glass, target: Target) -> None:
    """Let who asked in until `glass.until`."""
    with acting(system(glass.organisation_id, "glass")):
        if glass.model == PERSON:
            people.lend(by=by, person=target, glass=glass)
        else:
            holders()[glass.model].lend(by=by, row=target, glass=glass)


def end(*, glass: Glass) -> None:
    """Let who asked out again at once, and take the keys that were lent. What another look lent them stays."""
    now = timezone.now()
    with acting(system(glass.organisation_id, "glass")):
        if glass.model == PERSON:
            people.end_lent(glass=glass)
        else:
            holders()[glass.model].end(glass=glass)
        lent = KeyWrap.objects.filter(user_id=glass.user_id, key__holder=glass.object_ref)
        lent.filter(expires_at=glass.until).delete()
    if glass.until and glass.until > now:
        glass.until = now
        glass.save(update_fields=["until"])
