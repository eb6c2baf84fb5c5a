"""Agreements, trainings and checks."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import countries
from przystan.ui.fields import DateField
from przystan.ui.forms import CHOOSE, Form
from przystan.ui.widgets import Combobox

from ..enums import Family, Per, Result
from ..models import AgreementKind, ProofKind


class AgreementForm(Form):
    """By what somebody works here."""

    kind = forms.ModelChoiceField(label=_("Kind"), queryset=AgreementKind.objects.none(), empty_label=CHOOSE)
    valid_from = DateField(label=_("From"), initial=timezone.localdate)
    valid_to = DateField(label=_("Until"), required=False, help_text=_("Empty: no end was agreed."))
    hours = forms.DecimalField(
        label=_("Hours a month"), min_value=0, max_value=744, max_digits=5, decimal_places=1, required=False
    )
    in_writing = forms.BooleanField(label=_("In writing"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = AgreementKind.objects.all()


class EndForm(Form):
    """The last day of an agreement."""

    on = DateField(label=_("Last day"), initial=timezone.localdate)


def _countries() -> list[tuple[str, Any]]:
    return [("", _("none")), *countries()]


class ProofForm(Form):
    """A training, or what came of a check."""

    kind = forms.ModelChoiceField(label=_("Kind"), queryset=ProofKind.objects.none(), empty_label=CHOOSE)
    country = forms.ChoiceField(label=_("Country"), choices=_countries, widget=Combobox, required=False)
    day = DateField(label=_("Day"), initial=timezone.localdate)
    ends = DateField(
        label=_("Holds until"), required=False, help_text=_("Only if the paper itself says so; else the rules tell it.")
    )
    result = forms.ChoiceField(label=_("Result"), choices=Result, initial=Result.CLEAR)

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ProofKind.objects.filter(family=family)
        self.fields["kind"].queryset = kinds
        if family == Family.TRAINING:
            del self.fields["result"]
        if all(kind.per == Per.ONCE for kind in kinds):
            del self.fields["country"]
        else:
            self.fields["country"].help_text = _("Only for a certificate of another country: which.")
