"""How every form of the product is drawn: `{{ form }}` and `c-field` share one template."""

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's form templates replaced by ours; settings.FORM_RENDERER names it."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"


class Calm:
    """What our forms share: no colon after labels, and no nagging by the browser in its own words."""

    use_required_attribute = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class Form(Calm, forms.Form):
    """A form that writes nothing by itself."""


class ModelForm(Calm, forms.ModelForm):  # type: ignore[type-arg]
    """A form shaped after a model; an action still does the writing."""
