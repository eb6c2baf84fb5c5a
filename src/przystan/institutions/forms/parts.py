"""One form for each thing that hangs on an institution."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import languages
from przystan.ui.fields import DateField
from przystan.ui.forms import Form, ModelForm
from przystan.ui.widgets import Checks, Combobox, PhoneInput

from ..enums import Part
from ..models import Address, Agreement, AgreementKind, Contact, InstitutionName, InstitutionNumber
from .languages import SpokenMixin, language_fields

# "54.35205, 18.64637", also with commas for decimals: "54,35205; 18,64637"
COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:[.,]\d{1,12})?)\s*°?\s*[,;\s]\s*(-?\d{1,3}(?:[.,]\d{1,12})?)\s*°?\s*")
STEP = Decimal("0.00001")


class NameForm(ModelForm):
    language = forms.ChoiceField(label=_("Language"), required=False, widget=Combobox)

    class Meta:
        model = InstitutionName
        fields = ["text", "kind", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("none in particular")), *languages()]


class NumberForm(ModelForm):
    value = forms.CharField(label=_("Number"), max_length=30, help_text=_("With or without spaces and hyphens."))

    class Meta:
        model = InstitutionNumber
        fields = ["kind", "value"]


class AddressForm(ModelForm):
    where = forms.CharField(
        label=_("Coordinates"),
        max_length=60,
        required=False,
        help_text=_("Latitude and longitude as a map shows them: 54.35205, 18.64637. Then it is on our map."),
    )

    class Meta:
        model = Address
        fields = ["label", "street", "postcode", "town"]
        help_texts = {"label": _("Only if there are several: for example “Department for foreigners”.")}

    def __init__(self, *args: Any, instance: Address, **kwargs: Any) -> None:
        known = "" if instance.latitude is None else f"{instance.latitude}, {instance.longitude}"
        super().__init__(*args, instance=instance, initial={"where": known}, **kwargs)

    def clean_where(self) -> tuple[Decimal, Decimal] | None:
        text = self.cleaned_data["where"]
        if not text:
            return None
        match = COORDINATES.fullmatch(text)
        if not match:
            raise ValidationError(_("Write two numbers, like 54.35205, 18.64637."))
        latitude, longitude = (Decimal(part.replace(",", ".")).quantize(STEP) for part in match.groups())
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise ValidationError(_("Write two numbers, like 54.35205, 18.64637."))
        return latitude, longitude

    def save(self, commit: bool = True) -> Any:
        row = super().save(commit=False)
        row.latitude, row.longitude = self.cleaned_data["where"] or (None, None)
        return row


class ContactForm(SpokenMixin, ModelForm):
    valid_from = DateField(label=_("From"), required=False, help_text=_("Leave empty if you do not know."))
    field_order = ["name", "role", "phone", "email", "languages", "another", "valid_from"]

    class Meta:
        model = Contact
        fields = ["name", "role", "phone", "email", "languages", "valid_from"]
        widgets = {"phone": PhoneInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language_fields(self, self.instance.languages)
        self.fields["languages"].label = _("Languages they speak")


class AgreementForm(ModelForm):
    signed_on = DateField(label=_("Signed on"), required=False)
    valid_from = DateField(label=_("From"), required=False)
    valid_to = DateField(label=_("Until"), required=False, help_text=_("Leave empty if no end was agreed."))

    class Meta:
        model = Agreement
        fields = ["kind", "number", "what_for", "signed_on", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.queryset = AgreementKind.objects.offered(self.instance.kind_id)


class EndForm(Form):
    day = DateField(label=_("Until"), initial=timezone.localdate)


class CheckForm(Form):
    """What somebody has checked just now."""

    parts = forms.MultipleChoiceField(
        label=_("What is right today"), choices=Part.choices, widget=Checks, required=False
    )
