"""How every form of the product is drawn: `{{ form }}` and `c-field` share one template."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
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
