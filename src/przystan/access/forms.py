"""allauth's login form in our words. A forgotten password is a matter for the coordinator, not for a mailbox."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AllauthLoginForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].help_text = _("Forgotten? Your coordinator or administrator gives you a new one.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
