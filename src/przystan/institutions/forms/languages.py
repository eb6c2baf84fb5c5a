"""Several languages as boxes to tick: those met most often, those chosen, and one more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import alphabetical, language_name, languages
from przystan.ui.widgets import Checks, Combobox

# Offered at once; all others by name. ISO 639.
OFTEN = ("pl", "uk", "ru", "be", "en", "de", "fr", "es", "tr", "ar", "ka", "hy", "az", "vi", "zh", "hi", "ne")


def language_fields(form: Any, chosen: list[str]) -> None:
    """Offer languages in the fields `languages` and `another` of a form."""
    codes = [*OFTEN, *(code for code in chosen if code not in OFTEN)]
    named = [(code, language_name(code)) for code in codes]
    form.fields["languages"].choices = sorted(named, key=lambda one: alphabetical(one[1]))
    form.fields["another"].choices = [("", _("— choose —")), *languages()]


class SpokenMixin(forms.Form):
    """Fields for languages; `cleaned_data["languages"]` is the list of codes."""

    languages = forms.MultipleChoiceField(label=_("Languages spoken there"), required=False, widget=Checks)
    another = forms.ChoiceField(label=_("Another language"), required=False, widget=Combobox)

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        chosen = [*cleaned.get("languages", []), cleaned.get("another", "")]
        cleaned["languages"] = list(dict.fromkeys(filter(None, chosen)))
        return cleaned
