"""The second person who leads, while the first one is alone: nobody is there yet who could agree to the role.

Who asked for it makes a link. Whom it is for opens it in their own browser, agrees by choosing a password, and sees a
code; who asked hears it from them and types it in. Once anybody else has ever led here, it takes a second person as
always. (docs/decisions/0053)
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.models import User
from przystan.access.scope import acting

from ..invitations import code_of, is_code, tokens
from ..models import Membership, Organisation
from ..queries import invited, invites
from ..rights import TEAM_WRITE

PURPOSE = "team.invitation"


@transaction.atomic
def invite(*, by: Actor, membership: Membership) -> str:
    """The token of a link, shown once. What an earlier link led to is void. Forbidden where a second person agrees."""
    user = _alone(by, membership).user
    user.set_unusable_password()
    user.save(update_fields=["password"])
    audit.record(by, "team.invite", user)
    return tokens.make_token(user)


def accept(*, ref: str, token: str, password: str) -> str:
    """Whom it is for agrees, with a password of their own. Returns the code that they tell. Forbidden: a dead link."""
    asked = invited(ref, token)
    if asked is None:
        raise Forbidden("no such invitation")
    with acting(system(asked.organisation_id, PURPOSE)) as by:
        user = User.objects.select_for_update().get(pk=asked.user_id)
        if not tokens.check_token(user, token):
            raise Forbidden("accepted meanwhile")
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        audit.record(by, "team.accept_invitation", user, ["password"])
        return code_of(user)


@transaction.atomic
def confirm_invited(*, by: Actor, membership: Membership, code: str) -> None:
    """Who asked has heard the code from whom it is for: the role holds from today on. ValidationError: another code."""
    asked = _alone(by, membership)
    if not is_code(asked.user, code):
        raise ValidationError(_("This is not the code. Ask once more, in person or by phone, or make a new link."))
    with acting(system(by.organisation_id, PURPOSE)):
        Membership.objects.filter(pk=asked.pk).update(asked_by=None, valid_from=timezone.localdate())
    audit.record(by, "team.give_role", asked.user, [asked.role])


def _alone(by: Actor, membership: Membership) -> Membership:
    """The role, while nobody else leads: the organisation is held, so that two invitations cannot both be the first."""
    by.require(TEAM_WRITE)
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    found = Membership.objects.waiting().select_related("user").filter(pk=membership.pk).first()
    if found is None or not invites(by, found):
        raise Forbidden("a second person agrees")
    return found
