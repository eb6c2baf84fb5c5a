"""Breaking the glass: asked for with a reason, opened for four hours, looked at afterwards."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit, sealing
from przystan.access.actors import Actor, Forbidden
from przystan.access.models import Glass, GlassApproval
from przystan.access.models.glass import Category
from przystan.access.rights import CASES_SECRET
from przystan.access.tiers import Tier

from ..policies import may_approve, may_review
from ..queries.glass import WAITS_FOR, Target, asker_of, is_excluded, known_target, looks_at, target_kinds, target_of
from .lending import end, in_reach, lend, needs_keys, release, require_hands
from .wiping import hush

OPEN_FOR = timedelta(hours=4)


@transaction.atomic
def ask(*, by: Actor, model: str, ref: str, category: Category, reason: str) -> Glass:
    """Ask to see what is not one's own. What one may know of (tier 2) opens at once for four hours.

    Anything else waits for a second person, in the same way whether it exists or not: the row says tier 4. Raises
    Forbidden without the right to read such things at all.
    """
    assert by.user_id, "the system has no need of it"
    target = known_target(by, model, ref)
    glass = Glass(
        organisation_id=by.organisation_id,
        user_id=by.user_id,
        model=model,
        object_ref=target.ref if target else ref,
        tier=Tier.T2 if target else Tier.T4,
        category=category,
    )
    glass.reason = sealing.seal(place(glass, "reason"), reason)
    glass.save()
    audit.record(by, "glass.ask", glass, purpose=category.value)
    if target:
        _open(by, glass, target, timezone.now() + OPEN_FOR)
    return glass


@transaction.atomic
def approve(*, by: Actor, glass: Glass) -> Glass:
    """A second person says yes; with enough of them (one, or two as the emergency key is set up) it opens.

    ValidationError when it cannot be. What is missing is refused in the same words, after the same questions, as what
    is there and may not be lent: who approves learns nothing of it.
    """
    glass = _undecided(by, glass)
    target = _lendable(glass)
    if target is None or needs_keys(target):
        require_hands(by=by, glass=glass)
    if target is None or not in_reach(target):
        raise ValidationError(
            _(
                "This cannot be opened: there is nothing with this reference, who asked must not see it, or the"
                " emergency key does not open it. Refuse the request; who asked turns to those who work there."
            )
        )
    approval, _made = GlassApproval.objects.get_or_create(glass=glass, by_id=by.user_id)
    audit.record(by, "glass.approve", glass)
    until = timezone.now() + OPEN_FOR
    if release(approval=approval, target=target, until=until):
        glass.tier = max(target.least_tier, Tier.T2)
        _open(by, glass, target, until)
    return glass


@transaction.atomic
def refuse(*, by: Actor, glass: Glass) -> Glass:
    """A second person says no."""
    glass = _undecided(by, glass)
    glass.refused_at = timezone.now()
    glass.save(update_fields=["refused_at"])
    audit.record(by, "glass.refuse", glass)
    return glass


@transaction.atomic
def review(*, by: Actor, glass: Glass, justified: bool, note: str = "") -> Glass:
    """Say afterwards whether it was right. Once, by who neither asked nor approved. If not, it ends at once."""
    glass = Glass.objects.select_for_update().get(pk=glass.pk)
    if not may_review(by, glass, looks_at([glass])[0].point_id):
        raise Forbidden("review")
    if glass.reviewed_at or not glass.opened_at:
        raise ValidationError(_("This was decided already."))
    glass.reviewed_at, glass.reviewed_by_id, glass.justified = timezone.now(), by.user_id, justified
    glass.review_note = sealing.seal(place(glass, "review_note"), note) if note else b""
    glass.save(update_fields=["reviewed_at", "reviewed_by", "justified", "review_note"])
    if not justified:
        end(glass=glass)
    audit.record(by, "glass.review", glass, ["justified" if justified else "not_justified"])
    return glass


def forget_words() -> int:
    """Requests that never opened anything lose their words after a day; returns how many. The caller is the system."""
    never = Glass.objects.filter(opened_at=None, asked_at__lt=timezone.now() - WAITS_FOR)
    return hush(never.exclude(reason=b""))


def place(glass: Glass, field: str) -> sealing.Place:
    """Where the sealed words of a request belong."""
    return sealing.Place(glass.organisation_id, glass.ref, "access_glass", glass.ref, field, Tier.T2)


def _open(by: Actor, glass: Glass, target: Target, until: datetime) -> None:
    glass.opened_at, glass.until = until - OPEN_FOR, until
    glass.object_ref = target.ref
    glass.save(update_fields=["opened_at", "until", "object_ref", "tier"])
    lend(by=by, glass=glass, target=target)


def _undecided(by: Actor, glass: Glass) -> Glass:
    glass = Glass.objects.select_for_update().get(pk=glass.pk)
    if not may_approve(by, glass, asker_of(glass)):
        raise Forbidden("approve")
    if glass.opened_at or glass.refused_at:
        raise ValidationError(_("This was decided already."))
    if glass.asked_at < timezone.now() - WAITS_FOR:
        raise ValidationError(_("This was asked more than a day ago. If it is still needed, they ask again."))
    return glass


def _lendable(glass: Glass) -> Target | None:
    """What the request is about; None when there is nothing of this reference, or who asked may not have it."""
    asker, target = asker_of(glass), target_of(glass)
    if asker is None or not asker.can(target_kinds()[glass.model].right):
        raise ValidationError(_("Who asked has no role here any more."))
    if target is None:
        return None
    may_hold_keys = target.least_tier <= Tier.T2 or asker.can(CASES_SECRET)
    return target if may_hold_keys and not is_excluded(glass, target) else None


def words(glass: Glass, field: str) -> str:
    """The `reason` or the `review_note`; "" when there is none or it cannot be opened."""
    blob = bytes(getattr(glass, field))
    try:
        return sealing.unseal(place(glass, field), blob) if blob else ""
    except sealing.Unreadable:
        return ""
