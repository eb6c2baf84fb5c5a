"""Accounts of colleagues."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.models import User

from ..models import Point, StaffProfile
from ..passwords import new_password
from ..queries import reaches
from ..rights import TEAM_WRITE
from .roles import give_role, require_still


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
    own_password: str = "",
) -> tuple[User, str]:
    """Create an account with one role; returns it with its first password, which is shown once.

    Where a second person has to agree to the role, the password is "": they get it, and hand it over.
    `own_password`: what its owner has chosen, at the terminal of the server; nobody else knows it, so it is kept.
    """
    by.require(TEAM_WRITE)
    if own_password and not by.is_system:
        raise Forbidden("nobody chooses another's password")
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": _("This user name is taken. Choose another.")})
    user = User(username=username, full_name=full_name, language=language, must_change_password=True)
    user.set_unusable_password()
    user.clean_fields()
    validate_slug(username)  # what the form takes; also from the command line
    user.save()
    StaffProfile.objects.create(user=user, is_volunteer=is_volunteer)
    audit.record(by, "team.add_member", user, ["username", "full_name"])
    if give_role(by=by, user=user, role=role, point=point).waits:
        return user, ""
    password = own_password or new_password()
    user.set_password(password)
    user.must_change_password = not own_password
    user.save(update_fields=["password", "must_change_password"])
    return user, password


@transaction.atomic
def set_active(*, by: Actor, user: User, active: bool) -> None:
    """Let somebody log in, or not; takes effect with the next request."""
    require_still(by)
    if by.user_id == user.pk:
        raise ValidationError(_("You cannot lock your own account."))
    if not reaches(by, user):
        raise ValidationError(_("This colleague works beyond your points. Ask an administrator."))
    user.is_active = active
    user.save(update_fields=["is_active"])
    audit.record(by, "team.set_active", user, ["is_active"])
