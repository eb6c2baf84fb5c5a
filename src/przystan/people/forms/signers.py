"""Who has to sign for a consent, from which day on."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.ui.fields import DateField
from przystan.ui.forms import CHOOSE, Form

from ..enums import Signers
from ..models import ConsentSigner
from ..rules.consents import Asked

OLDEST = 120


class SignersForm(Form):
    valid_from = DateField(label=_("From"), initial=timezone.localdate)
    source = forms.CharField(
        label=_("Why: law or decision"), max_length=300, help_text=_("For example: art. 97 § 2 KRO, or who decided it.")
    )


class SignerForm(Form):
    """Who signs, for people of which ages."""

    signers = forms.ChoiceField(label=_("Who"), choices=[("", CHOOSE), *Signers.choices])
    age_from = forms.IntegerField(label=_("From the age of"), min_value=0, max_value=OLDEST, required=False)
    age_to = forms.IntegerField(label=_("Up to the age of"), min_value=0, max_value=OLDEST, required=False)

    def clean(self) -> Any:
        said = super().clean() or self.cleaned_data
        first, last = said.get("age_from"), said.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", _("The first age must not be above the last."))
        return said


SignerFormSet = formset_factory(SignerForm, extra=1, can_delete=True)


def rows_of(formset: "BaseFormSet[SignerForm]") -> list[Asked]:
    """The rows that stay."""
    kept = [row for row in formset.cleaned_data if row and not row["DELETE"]]
    return [Asked(row["signers"], row["age_from"], row["age_to"]) for row in kept]


def shown(rows: list[ConsentSigner]) -> list[dict[str, Any]]:
    """What the formset begins with."""
    return [{"signers": row.signers, "age_from": row.age_from, "age_to": row.age_to} for row in rows]
