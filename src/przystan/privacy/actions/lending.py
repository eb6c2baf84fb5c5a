"""Letting somebody in for some hours: to the team of a person or a case, and to its keys by the emergency key."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access.actors import Actor, system
from przystan.access.keys import escrow
from przystan.access.keys.data import NoKey
from przystan.access.models import DataKey, Glass, GlassApproval, KeyWrap
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.casework.actions import lend as lend_case
from przystan.casework.models import CaseMember
from przystan.people.actions.lending import lend as lend_person
from przystan.people.models import Person, TeamMember

from ..queries.glass import Target


def release(*, approval: GlassApproval, target: Target, until: datetime) -> bool:
    """Open the approver's part of the emergency key. True when that was enough and keys are lent until then.

    What has no keys of tiers 3 or 4 needs none: one yes is enough. ValidationError in words when the file is not in the
    emergency key, who asked has no key to receive it, or the approver's own is locked.
    """
    holder, tier = target.ref, target.least_tier
    if tier <= Tier.T2 or not DataKey.objects.filter(holder=holder, tier=tier).exists():
        return True
    if not escrow.keeps(holder, tier):
        raise ValidationError(
            _("The emergency key does not open this file: there is none, or it was refused. Ask those who work on it.")
        )
    try:
        return escrow.approve(approval, holder, tier, until)
    except NoKey:
        raise ValidationError(_("Who asked has no key of their own yet. They set one up first.")) from None


def lend(*, by: Actor, glass: Glass, target: Target) -> None:
    """Let who asked in until `glass.until`."""
    with acting(system(glass.organisation_id, "glass")):
        if isinstance(target, Person):
            lend_person(by=by, person=target, glass=glass)
        else:
            lend_case(by=by, case=target, glass=glass)


def end(*, glass: Glass) -> None:
    """Let who asked out again at once, and take the keys that were lent. What another look lent them stays."""
    now = timezone.now()
    with acting(system(glass.organisation_id, "glass")):
        for members in (TeamMember.objects.all(), CaseMember.objects.all()):
            members.filter(glass=glass, ends_at__gt=now).update(ends_at=now)
        lent = KeyWrap.objects.filter(user_id=glass.user_id, key__holder=glass.object_ref)
        lent.filter(expires_at=glass.until).delete()
    if glass.until and glass.until > now:
        glass.until = now
        glass.save(update_fields=["until"])
