"""Forms of the catalogue of results."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.ui.fields import DateField
from przystan.ui.naming import LABELS, NamedForm

from .models import ResultKind, Scale


class KindForm(NamedForm):
    lasting: ClassVar[tuple[str, ...]] = ("code", "of", "shape", "scale")
    valid_from = DateField(label=_("Noted from"), required=False)
    valid_to = DateField(label=_("Noted until"), required=False)

    class Meta:
        model = ResultKind
        fields = [
            *("code", "of", "shape", "scale", "asks_proof", "valid_from", "valid_to", "source", "certain", "position"),
        ]
        labels = LABELS
        help_texts = {
            "scale": _("Only for levels."),
            "asks_proof": _("It cannot be noted without saying what proves it."),
            "source": _("Who defines it: a regulation, an agreement, with the place in it."),
            "certain": _("Somebody has read it there, not only heard of it."),
        }


class ScaleForm(NamedForm):
    levels = forms.CharField(
        label=_("Levels"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One in a line, the lowest first. Levels that are there stay."),
    )

    class Meta:
        model = Scale
        fields = ["code"]
        labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["levels"].initial = "\n".join(self.instance.levels)

    def row(self) -> Any:
        scale = super().row()
        scale.levels = [line.strip() for line in self.cleaned_data["levels"].splitlines() if line.strip()]
        return scale
