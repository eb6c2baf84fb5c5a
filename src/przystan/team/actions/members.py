"""Accounts and roles of colleagues."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.access.rights import Right

from ..models import Membership, Point, StaffProfile
from ..passwords import new_password


@transaction.atomic
def add_member(
    *,
    by: Actor,
    full_name: str,
    username: str,
    role: str,
    point: Point | None = None,
    language: str = "pl",
    is_volunteer: bool = False,
) -> tuple[User, str]:
    """Create an account with one role; returns it with its first password, which is shown once."""
    by.require(Right.TEAM_WRITE)
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": _("This user name is taken. Choose another.")})
    password = new_password()
    user = User(username=username, full_name=full_name, language=language, must_change_password=True)
    user.set_password(password)
    user.save()
    StaffProfile.objects.create(user=user, is_volunteer=is_volunteer)
    audit.record(by, "team.add_member", user, ["username", "full_name"])
    give_role(by=by, user=user, role=role, point=point)
    return user, password


@transaction.atomic
def give_role(
    *, by: Actor, user: User, role: str, point: Point | None = None, valid_to: date | None = None
) -> Membership:
    """A role from today on, in the actor's organisation. Nobody gives themselves one."""
    by.require(Right.TEAM_WRITE)
    if by.user_id == user.pk:
        raise ValidationError(_("You cannot give yourself a role. Ask another coordinator or administrator."))
    membership = Membership(
        user=user,
        organisation_id=by.organisation_id,
        point=point,
        role=role,
        valid_from=timezone.localdate(),
        valid_to=valid_to,
    )
    membership.full_clean()
    membership.save()
    audit.record(by, "team.give_role", user, [role])
    return membership


@transaction.atomic
def end_role(*, by: Actor, membership: Membership) -> None:
    """The role ends at once: yesterday was its last day, or it is as if it had never begun."""
    by.require(Right.TEAM_WRITE)
    if by.user_id == membership.user_id:
        raise ValidationError(_("You cannot end your own role. Ask another coordinator or administrator."))
    yesterday = timezone.localdate() - timedelta(days=1)
    if membership.valid_from and membership.valid_from > yesterday:
        membership.delete()
    else:
        membership.valid_to = yesterday
        membership.save(update_fields=["valid_to"])
    audit.record(by, "team.end_role", membership.user, [membership.role])


@transaction.atomic
def set_active(*, by: Actor, user: User, active: bool) -> None:
    """Let somebody log in, or not; takes effect with the next request."""
    by.require(Right.TEAM_WRITE)
    if by.user_id == user.pk:
        raise ValidationError(_("You cannot lock your own account."))
    user.is_active = active
    user.save(update_fields=["is_active"])
    audit.record(by, "team.set_active", user, ["is_active"])
