"""A new first password for who has forgotten theirs, or lost the phone.

One person may give it to a colleague whose account never opened anybody's page. For all others one asks and a second
confirms, and the second hands the password over: nobody alone becomes somebody else.
"""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.assurance import confirms
from przystan.access.models import User

from ..models import LoginReset
from ..passwords import new_password
from ..queries import open_resets, resets_alone
from ..rights import TEAM_WRITE


@transaction.atomic
def reset_login(*, by: Actor, user: User) -> str:
    """A new first password, and no second step. Returns the password, shown once. Raises Forbidden if it needs two."""
    by.require(TEAM_WRITE)
    if not resets_alone(by, user):
        raise Forbidden("a second person must confirm")
    return new_first_password(by, user)


@transaction.atomic
def ask_reset(*, by: Actor, user: User) -> LoginReset:
    """Ask a second person to confirm; asking again changes nothing."""
    by.require(TEAM_WRITE)
    if by.user_id is None:
        raise Forbidden("a person asks")
    if by.user_id == user.pk:
        raise ValidationError(_("You change your own password in the settings."))
    found = open_resets(by).filter(user=user).first()
    if found:
        return found
    asked = LoginReset.objects.create(organisation_id=by.organisation_id, user=user, asked_by_id=by.user_id)
    audit.record(by, "team.ask_reset", user)
    return asked


@transaction.atomic
def confirm_reset(*, by: Actor, reset: LoginReset) -> str:
    """The second person agrees. Returns the first password, which they hand over."""
    require_confirming(by)
    reset = _waiting(by, reset)
    if by.user_id in (reset.asked_by_id, reset.user_id):
        raise ValidationError(_("Somebody else must confirm: not who asked, and not who gets the password."))
    reset.confirmed_by_id, reset.confirmed_at = by.user_id, timezone.now()
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    return new_first_password(by, reset.user)


@transaction.atomic
def withdraw_reset(*, by: Actor, reset: LoginReset) -> None:
    """It was a mistake, or not agreed to: nothing is changed."""
    if by.user_id != reset.asked_by_id:
        require_confirming(by)
    audit.record(by, "team.withdraw_reset", reset.user)
    _waiting(by, reset).delete()


def _waiting(by: Actor, reset: LoginReset) -> LoginReset:
    """Its row, held until the transaction ends. Forbidden when somebody has decided meanwhile."""
    found = open_resets(by).select_for_update(of=("self",)).filter(pk=reset.pk).first()
    if found is None:
        raise Forbidden("decided meanwhile")
    return found


def require_confirming(by: Actor) -> None:
    """Raise Forbidden unless this one may be the second person."""
    if not confirms(by.rights):
        raise Forbidden("may not confirm")


def new_first_password(by: Actor, user: User) -> str:
    """Made, recorded and returned; the second steps of the account go. Who may ask for it is the caller's to know."""
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    Authenticator.objects.filter(user=user).delete()
    audit.record(by, "team.reset_login", user, ["password"])
    return password
