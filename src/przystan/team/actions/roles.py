"""Who holds which role.

One person may give a role that lets do no more than they may do themselves. For every other role one asks and a second
agrees: nobody makes an account that opens more than their own, alone.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.assurance import is_guarded
from przystan.access.models import User

from ..models import Membership, Organisation, Point
from ..queries import actor_for, gives_alone, rights_of_user, waiting_roles
from ..rights import TEAM_WRITE
from .resets import new_first_password, require_confirming


@transaction.atomic
def give_role(
    *, by: Actor, user: User, role: str, point: Point | None = None, valid_to: date | None = None
) -> Membership:
    """A role from today on, in the actor's organisation; it `waits` until a second person agrees if it takes two."""
    by.require(TEAM_WRITE)
    if by.user_id == user.pk:
        raise ValidationError(_("You cannot give yourself a role. Ask another coordinator or administrator."))
    if asked := waiting_roles(by).filter(user=user, role=role, point=point).first():
        return asked
    membership = Membership(user=user, organisation_id=by.organisation_id, point=point, role=role)
    membership.valid_from, membership.valid_to = timezone.localdate(), valid_to
    if not gives_alone(by, role, point):
        membership.asked_by_id = by.user_id
    membership.full_clean()
    membership.save()
    audit.record(by, "team.ask_role" if membership.waits else "team.give_role", user, [role])
    return membership


@transaction.atomic
def confirm_role(*, by: Actor, membership: Membership) -> str:
    """The second person agrees; the role holds from today on.

    Returns a first password which they hand over in person, or "". An account that one person could have made alone
    gets a new one: else who asked could log in as somebody who is not there.
    """
    require_confirming(by)
    waiting = _waiting(by, membership)
    if by.user_id in (waiting.asked_by_id, waiting.user_id):
        raise ValidationError(_("Somebody else must confirm: not who asked, and not who gets the role."))
    password = "" if is_guarded(rights_of_user(waiting.user)) else new_first_password(by, waiting.user)
    waiting.confirmed_by_id, waiting.valid_from = by.user_id, timezone.localdate()
    waiting.full_clean()
    waiting.save(update_fields=["confirmed_by", "valid_from"])
    audit.record(by, "team.give_role", waiting.user, [waiting.role])
    return password


@transaction.atomic
def refuse_role(*, by: Actor, membership: Membership) -> None:
    """It was a mistake, or not agreed to: the role was never held. Who asked may do it, and who might agree."""
    if by.user_id != membership.asked_by_id:
        require_confirming(by)
    membership = _waiting(by, membership)
    audit.record(by, "team.refuse_role", membership.user, [membership.role])
    membership.delete()
    user = membership.user
    if user.last_login is None and not user.memberships.exists():
        user.delete()  # made for this role alone


@transaction.atomic
def end_role(*, by: Actor, membership: Membership) -> None:
    """The role ends at once: yesterday was its last day, or it is as if it had never begun."""
    require_still(by)
    if by.user_id == membership.user_id:
        raise ValidationError(_("You cannot end your own role. Ask another coordinator or administrator."))
    if membership.organisation_id != by.organisation_id or not by.works_at(membership.point_id):
        raise ValidationError(_("This role holds beyond your points. Ask an administrator."))
    yesterday = timezone.localdate() - timedelta(days=1)
    if membership.valid_from and membership.valid_from > yesterday:
        membership.delete()
    else:
        membership.valid_to = yesterday
        membership.save(update_fields=["valid_to"])
    audit.record(by, "team.end_role", membership.user, [membership.role])


def require_still(by: Actor) -> None:
    """Two who take the other's role or account at once would leave nobody: whoever comes second is asked what they may
    once the first has done. Raises Forbidden."""
    by.require(TEAM_WRITE)
    if by.user_id is None:
        return
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    now = actor_for(User.objects.get(pk=by.user_id))
    if now is None or not now.can(TEAM_WRITE):
        raise Forbidden("team.write, a moment ago")


def _waiting(by: Actor, membership: Membership) -> Membership:
    """Its row, held until the transaction ends. Forbidden when somebody has decided meanwhile."""
    found = waiting_roles(by).select_for_update(of=("self",)).filter(pk=membership.pk).first()
    if found is None:
        raise Forbidden("decided meanwhile")
    return found
