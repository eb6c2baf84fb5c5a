"""Hours of a week as rows: for whatever opens and closes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from .fields import TimeField
from .forms import Form


class HoursForm(Form):
    """One row: weekday (0 = Monday), from when to when, a note."""

    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int, choices=[])
    opens = TimeField(label=_("Opens"))
    closes = TimeField(label=_("Closes"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekday"].choices = list(WEEKDAYS.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and opens >= closes:
            raise ValidationError(_("The closing time must be later than the opening time."))
        return cleaned


HoursFormSet = formset_factory(HoursForm, extra=1, can_delete=True)


def rows_of(formset: "BaseFormSet[HoursForm]") -> list[dict[str, Any]]:
    """The rows that stay, each as the fields of `HoursForm`."""
    return [row for row in formset.cleaned_data if row and not row.pop("DELETE", False)]
