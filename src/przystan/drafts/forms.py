"""What a page sends of a form that somebody fills in."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator

from przystan.access.tiers import Tier
from przystan.kernel.refs import RefConverter

from .models import TIERS


class KeepForm(forms.Form):
    """`form`: path and query to which the form is sent. `values`: its fields, as JSON."""

    form = forms.CharField(max_length=2000, strip=False)
    tier = forms.TypedChoiceField(choices=[(int(one), int(one)) for one in Tier], coerce=int)
    ref = forms.CharField(validators=[RegexValidator(f"^{RefConverter.regex}$")])
    turn = forms.IntegerField(min_value=0)
    values = forms.CharField(strip=False)

    def clean_tier(self) -> Tier:
        return Tier(max(self.cleaned_data["tier"], TIERS[0]))

    def clean_values(self) -> str:
        values: str = self.cleaned_data["values"]
        if len(values) > settings.DRAFT_LONGEST or not isinstance(_read(values), dict):
            raise forms.ValidationError("too long, or no fields")
        return values


def _read(values: str) -> Any:
    try:
        return json.loads(values)
    except ValueError:
        return None
