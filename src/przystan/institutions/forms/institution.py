"""The institution itself: when it is added, and later."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.ui.forms import CHOOSE, Form, ModelForm

from ..enums import NameKind, NumberKind
from ..models import Institution, InstitutionKind
from ..rules.newcomer import Called, Newcomer, Place
from .languages import SpokenMixin, language_fields


class RegisterForm(SpokenMixin, Form):
    """A new institution."""

    name = forms.CharField(label=_("Official name"), max_length=250)
    short = forms.CharField(
        label=_("Abbreviation, or what people call it"), max_length=250, required=False, help_text=_("For example: PUP")
    )
    kind = forms.ModelChoiceField(
        label=_("Kind"), queryset=InstitutionKind.objects.offered(), to_field_name="code", empty_label=CHOOSE
    )
    town = forms.CharField(label=_("Town"), max_length=120, required=False)
    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    phone = forms.CharField(label=_("Phone of the office"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail of the office"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    register = forms.ChoiceField(label=_("Register"), required=False, choices=[("", CHOOSE), *NumberKind.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language_fields(self, [])

    def clean(self) -> Any:
        cleaned = super().clean()
        if cleaned.get("street") and not cleaned.get("town"):
            self.add_error("town", _("Add the town, or leave the street empty."))
        if cleaned.get("number") and not cleaned.get("register"):
            self.add_error("register", _("Choose the register of this number."))
        return cleaned

    @property
    def seen_refs(self) -> set[str]:
        """References of those alike that were shown already."""
        return set(self.data.get("seen", "").split())

    def newcomer(self) -> Newcomer:
        """What was filled in; the form is valid."""
        said = self.cleaned_data
        short = [Called(said["short"], NameKind.SHORT)] if said["short"] else []
        place = Place(said["town"], said["street"], said["postcode"])
        return Newcomer(
            kind=said["kind"].code,
            names=(Called(said["name"]), *short),
            numbers=((said["register"], said["number"]),) if said["number"] else (),
            places=(place,) if said["town"] else (),
            languages=tuple(said["languages"]),
            phone=said["phone"],
            email=said["email"],
            website=said["website"],
        )


class InstitutionForm(SpokenMixin, ModelForm):
    """What the institution's own row says; names and the like have forms of their own."""

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    field_order = ["kind", "phone", "email", "website", "languages", "another", "note"]

    class Meta:
        model = Institution
        fields = ["kind", "phone", "email", "website", "languages", "note"]
        widgets = {"note": forms.Textarea({"rows": 4})}
        help_texts = {"note": _("What helps the next one who goes there. Nothing about people who come to us.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language_fields(self, self.instance.languages)
        kind: Any = self.fields["kind"]
        kind.queryset = InstitutionKind.objects.offered(self.instance.kind_id)
