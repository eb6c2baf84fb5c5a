"""The emergency key: asked for by one who approves emergency looks, confirmed by another."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.keys import escrow
from przystan.access.models import Escrow, User

from ..policies import may_confirm_key, may_plan_key


@transaction.atomic
def plan_key(*, by: Actor, custodians: Sequence[User], needed: int) -> Escrow:
    """Ask for a new emergency key, held by these. The one before stays in force until another person has agreed.

    ValidationError when they are too few, or one of them has no key of their own.
    """
    if not (by.user_id and may_plan_key(by)):
        raise Forbidden("emergency key")
    made = escrow.plan(by.organisation_id, [user.pk for user in custodians], needed, asked_by=by.user_id)
    audit.record(by, "escrow.ask", made)
    return made


@transaction.atomic
def confirm_key(*, by: Actor, plan: int) -> None:
    """The second person agrees to this plan (its id): from now on it is the emergency key."""
    found = _waiting(by, plan)
    if not (by.user_id and may_confirm_key(by, found)):
        raise Forbidden("emergency key")
    escrow.confirm(found, by.user_id)
    audit.record(by, "escrow.confirm", found)


@transaction.atomic
def withdraw_key(*, by: Actor, plan: int) -> None:
    """Who asked, or who might have agreed, says no; all stays as it was."""
    found = _waiting(by, plan)
    audit.record(by, "escrow.withdraw", found)
    found.delete()


def _waiting(by: Actor, plan: int) -> Escrow:
    if not may_plan_key(by):
        raise Forbidden("emergency key")
    found = Escrow.objects.select_for_update().filter(pk=plan, confirmed_at=None)
    try:
        return found.get(organisation_id=by.organisation_id)
    except Escrow.DoesNotExist:
        raise ValidationError(_("This was decided already.")) from None
