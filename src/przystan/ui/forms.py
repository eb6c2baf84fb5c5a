"""How every form of the product is drawn: `{{ form }}` and `c-field` share one template."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .seen import Seen

DASHES = BLANK_CHOICE_DASH[0][1]
CHOOSE = _("— choose —")


class Renderer(TemplatesSetting):
    """Django's form templates replaced by ours; settings.FORM_RENDERER names it."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"


def say_choose(field: forms.Field) -> None:
    """Name the empty choice in words."""
    if getattr(field, "empty_label", None) == DASHES:
        field.empty_label = CHOOSE
    elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        # Buttons seen all at once need none that says "choose".
        seen = field.required and isinstance(field.widget, forms.RadioSelect)
        field.choices = [_named(choice) for choice in field.choices if not (seen and _is_empty(choice))]  # type: ignore[misc]


def _is_empty(choice: object) -> bool:
    return isinstance(choice, tuple) and choice[1] == DASHES


def _named(choice: object) -> object:
    return ("", CHOOSE) if _is_empty(choice) else choice


class Calm:
    """What our forms share: no colon after labels, no nagging by the browser in its own words, no row of dashes."""

    use_required_attribute = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_choose(field)
            # Asked without need, and a select reads all its choices to answer.
            field.widget.use_required_attribute = _never


def _never(initial: object) -> bool:
    return False


class Form(Calm, forms.Form):
    """A form that writes nothing by itself."""


class FilterForm(Form):
    """What narrows a list, from its address: every field may stay empty; what makes no sense is as good as empty.

    `not_narrowing`: names of fields that say how the list is shown, not what is in it.
    """

    not_narrowing: frozenset[str] = frozenset()

    def given(self) -> dict[str, Any]:
        """Name -> value of the fields that make sense."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return self.cleaned_data

    def is_used(self) -> bool:
        """Whether anything is left out of the list."""
        return any(value for name, value in self.given().items() if name not in self.not_narrowing)

    def said(self) -> list[tuple[str, str]]:
        """(label, words) of what was chosen, for paper, where no field stands."""
        return [
            (str(self.fields[name].label), self._words(name, value)) for name, value in self.given().items() if value
        ]

    def _words(self, name: str, value: Any) -> str:
        for key, label in getattr(self.fields[name].widget, "choices", ()):
            for one, words in label if isinstance(label, list | tuple) else [(key, label)]:
                if str(one) == str(value):
                    return str(words)
        return date_format(value) if isinstance(value, date) else str(value)


class ModelForm(Seen, Calm, forms.ModelForm):
    """A form shaped after a model, which knows what it showed of its row; an action still does the writing."""


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what an action refused: beside its field where the form has it, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for field, messages in error.message_dict.items():
        form.add_error(field if field in form.fields else None, messages)


def renew(form: forms.BaseForm, **values: Any) -> None:
    """Say something else in hidden fields of a form that was sent, and is shown once more."""
    data = form.data.copy()
    for name, value in values.items():
        data[name] = str(value)
    form.data = data
