"""allauth's forms in our words. A forgotten password is a matter for the coordinator, not for a mailbox."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from django.utils.translation import gettext_lazy as _

FORGOTTEN = _("Forgotten? Your coordinator or administrator gives you a new one.")


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
