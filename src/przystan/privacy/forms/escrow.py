"""The form of the emergency key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from przystan.access.models import User
from przystan.ui.forms import Form
from przystan.ui.widgets import Checks, Choices


class EscrowForm(Form):
    """Custodians are chosen among those who have a key of their own."""

    custodians = forms.MultipleChoiceField(label=gettext_lazy("Who holds it"), widget=Checks())
    needed = forms.ChoiceField(
        label=gettext_lazy("Who must agree before a protected file is opened"),
        choices=[("1", gettext_lazy("any one of them")), ("2", gettext_lazy("any two of them, of at least three"))],
        widget=Choices(),
        initial="1",
    )

    def plan(self) -> dict[str, Any]:
        """What `plan_key` takes."""
        chosen = list(User.objects.filter(ref__in=self.cleaned_data["custodians"]))
        return {"custodians": chosen, "needed": int(self.cleaned_data["needed"])}
