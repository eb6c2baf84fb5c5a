"""allauth's forms in our words. A forgotten password is a matter for the coordinator, not for a mailbox."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import throttling

FORGOTTEN = _("Forgotten? Your coordinator or administrator gives you a new one.")
SAME = _("This is the password you have now. Choose another one.")


class LoginForm(AllauthLoginForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].help_text = FORGOTTEN
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChangePasswordForm(AllauthChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = FORGOTTEN  # allauth's leads to a page that we do not have
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_password1(self) -> str:
        """The first password was seen by somebody else: it cannot stay."""
        password: str = self.cleaned_data["password1"]
        if password == self.cleaned_data.get("oldpassword"):
            raise ValidationError(SAME)
        return password


class _CountedCode:
    """A code is tried ten times at most, and opens once."""

    def clean_code(self) -> str:
        usage = throttling.use(context.request, "code", self.user.username)
        if not usage:
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        if not throttling.first_use(self.user.pk, code):
            raise get_mfa_adapter().validation_error("incorrect_code")
        usage.rollback()
        return code


class AuthenticateForm(_CountedCode, AllauthAuthenticateForm):
    pass


class ReauthenticateForm(_CountedCode, AllauthReauthenticateForm):
    pass
