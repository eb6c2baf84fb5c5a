"""Which institutions the list shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import languages
from przystan.ui.forms import Form
from przystan.ui.widgets import Combobox

from ..models import InstitutionKind


class ListForm(Form):
    q = forms.CharField(
        label=_("Name, abbreviation, number or town"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language spoken there"), required=False, widget=Combobox)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, str(kind)) for kind in InstitutionKind.objects.all()]
        self.fields["kind"].choices = [("", _("all kinds")), *kinds]
        self.fields["language"].choices = [("", _("any language")), *languages()]
