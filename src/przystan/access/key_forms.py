"""Forms about one's own key. Nothing typed here is ever kept or logged."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.ui.forms import Form

from .keys.staff import SHORTEST


def _secret(label: Any, autocomplete: str = "off", **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=200, **kwargs)


class UnlockForm(Form):
    passphrase = _secret(_("Passphrase for protected files"))


class PassphraseForm(Form):
    """A new passphrase, twice."""

    passphrase = _secret(
        _("New passphrase"),
        min_length=SHORTEST,
        help_text=_("Four or five words that nobody would guess. Not your login password."),
    )
    again = _secret(_("The same once more"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "passphrase" in data and data["passphrase"] != data.get("again"):
            self.add_error("again", _("The two are not the same."))
        return data


class CodeForm(Form):
    code = forms.CharField(
        label=_("Printed code"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RecoverForm(CodeForm, PassphraseForm):
    field_order = ["code", "passphrase", "again"]
