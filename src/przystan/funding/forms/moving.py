"""The form of a bulk move."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.ui.fields import DateField
from przystan.ui.forms import Form
from przystan.ui.widgets import Choices

from ..models import Programme

OUT, INTO = "out", "into"


class MoveForm(Form):
    """Which supports go where, and why. `way`: away from this programme, or unpaid ones into it."""

    way = forms.ChoiceField(
        label=_("Which supports"),
        choices=[(OUT, _("those this programme pays for")), (INTO, _("those without a payer that it could pay for"))],
        widget=Choices(),
        initial=OUT,
    )
    first = DateField(label=_("From"))
    last = DateField(label=_("Until"))
    to = forms.ModelChoiceField(
        label=_("New payer"), queryset=Programme.objects.none(), required=False, empty_label=_("nobody for now")
    )
    undecided = forms.BooleanField(label=_("Also those of which something is not known"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        today = timezone.localdate()
        first = max(programme.starts or date(today.year, 1, 1), date(today.year, 1, 1))
        last = min(programme.ends or today, today)
        kwargs["initial"] = {"first": min(first, last), "last": last} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        others = Programme.objects.filter(organisation=programme.organisation_id, outside=False)
        self.fields["to"].queryset = others.exclude(pk=programme.pk).order_by("rank", "name", "id")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            self.add_error("last", _("The first day must not be after the last."))
        return data
