"""How allauth fits the house: accounts are made by a coordinator, tries are counted in our way."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.userkit import get_user_by_username
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import failing, throttling
from .failing import Way
from .models import User

# The library's messages and ways to show who one is, in our words.
SAID = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("The app with codes is set up."),
    "mfa/messages/totp_deactivated.txt": _("The app with codes is taken off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is taken away."),
    "mfa/messages/recovery_codes_generated.txt": _("Here are your new recovery codes."),
}
WAYS = {
    "reauthenticate": _("Use the password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


def recently_shown(request: HttpRequest) -> bool:
    """Whether somebody has shown in this session, not long ago, who they are."""
    shown = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(shown) and time.time() - max(shown) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The password you have now is not right."),
        "rate_limited": _("That was tried too often. Wait a few minutes."),
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait a quarter of an hour, or log in with a passkey: that always works."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **more: Any
    ) -> None:
        if message_template in SAID:
            more["message"], message_template = str(SAID[message_template]), None
        super().add_message(request, level, message_template, *args, **more)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        return [way | {"description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Nobody is asked again who showed a quarter of an hour ago at most who they are, also by logging in."""
        return super().is_reauthentication_required(app=app) and not recently_shown(self.request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try; allauth takes it back when the password was right."""
        self._login_failed_rl_usage = throttling.use(request, "password", credentials.get("username", ""))
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        failing.note(request, Way.PASSWORD, get_user_by_username(credentials.get("username") or ""))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        throttling.remember(request, response, user.username)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Like a passkey that we do not know."""
        return HttpResponseRedirect(reverse("account_login"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def set_password(self, user: User, password: str) -> None:
        """One's own password: from now on it is not the first one."""
        user.must_change_password = False
        super().set_password(user, password)


class MFAAdapter(DefaultMFAAdapter):
    """Nothing of the second step is shown to the page but what it needs."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used already. Wait for the next one."),
        "cannot_generate_recovery_codes": _("Recovery codes come with an app with codes or a passkey: add one first."),
        "cannot_delete_authenticator": _("This one has to stay."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("passkey %(number)s") % {"number": number}

    def get_totp_label(self, user: User) -> str:
        return user.username
