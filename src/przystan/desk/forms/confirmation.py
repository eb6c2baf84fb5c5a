"""What is to stand on a confirmation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from przystan.support.models import Service
from przystan.ui.fields import DateField
from przystan.ui.forms import Form
from przystan.ui.widgets import Ticks

from ..enums import Gloss


class ConfirmationForm(Form):
    """Nothing is ticked beforehand: which services somebody else may read of is for the person to say."""

    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)
    services = forms.TypedMultipleChoiceField(
        label=_("Services that may stand on the paper"),
        coerce=int,
        widget=Ticks(),
        help_text=_("Ask the person. Others will read it: leave out what they need not know."),
    )
    gloss = forms.ChoiceField(label=_("Beside Polish also in"), required=False, choices=Gloss.choices)

    def __init__(self, *args: Any, services: Sequence[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = [(service.pk, str(service)) for service in services]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            raise ValidationError(_("The first day must not be after the last."))
        return data
