"""What a colleague saved while a form about the same was being filled in."""

from datetime import date, time
from typing import Any

from django import forms
from django.db.models import Model
from django.forms import BaseForm
from django.template.defaultfilters import yesno

from przystan.ui.fields import PartialDateField
from przystan.ui.templatetags.ui import day


def differences(form: BaseForm, theirs: Model) -> list[tuple[str, str]]:
    """(label, words) of each field in which the row that is saved says otherwise than the valid form."""
    rows = [(bound, getattr(theirs, bound.name)) for bound in form]
    return [
        (str(bound.label), _words(bound.field, value))
        for bound, value in rows
        if value != form.cleaned_data[bound.name]
    ]


def _words(field: forms.Field, value: Any) -> str:
    match field, value:
        case _, None:
            return ""
        case _, bool():
            return str(yesno(value))
        case forms.ModelChoiceField(), _:
            return str(field.label_from_instance(value))
        case forms.ChoiceField(), _:
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        case _, time():
            return f"{value:%H:%M}"
        case (PartialDateField(), _) | (_, date()):
            return day(value)
    return str(value)
