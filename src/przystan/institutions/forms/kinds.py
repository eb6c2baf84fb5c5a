"""Forms of the kinds of institutions and of agreements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.ui.naming import LABELS, NamedForm

from ..models import AgreementKind, InstitutionKind

# Names of the Lucide icon set: what is said first is how it is offered.
ICONS = {
    "building-2": _("building"),
    "landmark": _("office"),
    "hand-helping": _("helping hand"),
    "briefcase": _("briefcase"),
    "scale": _("scales"),
    "shield": _("shield"),
    "school": _("school"),
    "graduation-cap": _("graduation cap"),
    "brain": _("mind"),
    "stethoscope": _("stethoscope"),
    "hospital": _("hospital"),
    "factory": _("factory"),
    "heart-handshake": _("handshake"),
    "newspaper": _("newspaper"),
    "library": _("library"),
    "church": _("church"),
    "flag": _("flag"),
    "house": _("house"),
}


class InstitutionKindForm(NamedForm):
    icon = forms.ChoiceField(label=_("Picture"), initial="building-2")
    stale_after = forms.IntegerField(label=_("Check again after, in days"), min_value=1, max_value=3650, initial=180)

    class Meta:
        model = InstitutionKind
        fields = ["code", "icon", "stale_after", "position"]
        labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.icon
        own = {kept: kept} if kept and kept not in ICONS else {}
        self.fields["icon"].choices = [*ICONS.items(), *own.items()]


class AgreementKindForm(NamedForm):
    class Meta:
        model = AgreementKind
        fields = ["code", "position"]
        labels = LABELS
