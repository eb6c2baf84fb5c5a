"""allauth's forms in our words. A forgotten password is a matter for the coordinator, not for a mailbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthPasswordAgainForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddWebAuthnForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm as AllauthAuthenticateWebAuthnForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm as AllauthEditWebAuthnForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm as AllauthLoginWebAuthnForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm as AllauthReauthenticateWebAuthnForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import failing, throttling
from .adapter import recently_shown
from .failing import Way

FORGOTTEN = _("Forgotten? Your coordinator or administrator gives you a new one.")
SAME = _("This is the password you have now. Choose another one.")


class _InOurWords(forms.Form):
    """Labels and helps by field; no placeholder, which vanishes when one writes."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_InOurWords, AllauthLoginForm):
    labels = {"login": _("User name"), "password": _("Password")}
    helps = {"password": FORGOTTEN}  # allauth's leads to a page that we do not have


class PasswordAgainForm(_InOurWords, AllauthPasswordAgainForm):
    labels = {"password": _("Password")}
    helps = {"password": FORGOTTEN}


class ChangePasswordForm(_InOurWords, AllauthChangePasswordForm):
    labels = {
        "oldpassword": _("The password you have now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    helps = {"oldpassword": FORGOTTEN}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.user.must_change_password and recently_shown(context.request):
            del self.fields["oldpassword"]  # it was typed a moment ago, to log in

    def clean_password1(self) -> str:
        """The first password was seen by somebody else: it cannot stay."""
        password: str = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise ValidationError(SAME)
        return password


class OwnPasswordForm(_InOurWords, SetPasswordForm):
    """The first password of an account, chosen by whom it belongs to."""

    labels = {"new_password1": _("New password"), "new_password2": _("New password once more")}
    helps = {"new_password2": ""}


class _CountedCode(_InOurWords):
    """A code is tried ten times at most, and opens once."""

    labels = {"code": _("Code")}
    helps = {"code": _("The six digits that your app shows now, or one of your recovery codes.")}

    def clean_code(self) -> str:
        usage = throttling.use(context.request, "code", self.user.username)
        if not usage:
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            if not throttling.first_use(self.user.pk, code):
                raise get_mfa_adapter().validation_error("incorrect_code")
        except ValidationError:
            failing.note(context.request, Way.CODE, self.user)
            raise
        usage.rollback()
        return code


class AuthenticateForm(_CountedCode, AllauthAuthenticateForm):
    pass


class ReauthenticateForm(_CountedCode, AllauthReauthenticateForm):
    pass


@contextmanager
def only_passkeys() -> Iterator[None]:
    """JSON of another shape than a browser sends is a passkey that does not fit; the library would break off."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise get_mfa_adapter().validation_error("incorrect_code") from error


class _ToldPasskey(forms.Form):
    """A passkey that does not fit is written down; what is no passkey at all does not fit either."""

    def clean_credential(self) -> Any:
        try:
            with only_passkeys():
                return super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            if error.code == "incorrect_code":  # not when there were too many
                failing.note(context.request, Way.PASSKEY, self.user)
            raise


class LoginWebAuthnForm(_ToldPasskey, AllauthLoginWebAuthnForm):
    pass


class AuthenticateWebAuthnForm(_ToldPasskey, AllauthAuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(_ToldPasskey, AllauthReauthenticateWebAuthnForm):
    pass


class ActivateTOTPForm(_InOurWords, AllauthActivateTOTPForm):
    labels = {"code": _("Code from the app")}


class AddWebAuthnForm(_InOurWords, AllauthAddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        with only_passkeys():
            return super().clean() or {}

    labels = {"name": _("Its name"), "passwordless": _("It may log me in without the password")}
    helps = {
        "name": _("So that you know it among others: “phone”, “key on my ring”."),
        "passwordless": _("It then asks for your finger, your face or its PIN each time."),
    }


class EditWebAuthnForm(_InOurWords, AllauthEditWebAuthnForm):
    labels = {"name": _("Its name")}
