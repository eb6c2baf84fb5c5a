"""Noting time."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.reference.cldr import languages
from przystan.team.models import Point
from przystan.team.queries import colleagues, points_of
from przystan.ui.fields import DateField, MinutesField, TimeField
from przystan.ui.forms import Form
from przystan.ui.widgets import Combobox

from ..enums import HourMode, Task


def _languages() -> list[tuple[str, Any]]:
    return [("", _("none")), *languages()]


class HourForm(Form):
    """Time that somebody gave; for whom in the house, never for which client."""

    day = DateField(label=_("Day"), initial=timezone.localdate)
    starts = TimeField(label=_("From"), required=False)
    ends = TimeField(label=_("To"), required=False)
    minutes = MinutesField(
        label=_("Or how long"),
        required=False,
        min_value=1,
        help_text=_("Minutes, if you do not know from when to when."),
    )
    task = forms.ChoiceField(label=_("What"), choices=Task)
    language = forms.ChoiceField(label=_("Language"), choices=_languages, widget=Combobox, required=False)
    mode = forms.ChoiceField(label=_("How"), choices=HourMode)
    for_user = forms.ModelChoiceField(
        label=_("For which colleague"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody in particular"),
    )
    for_point = forms.ModelChoiceField(
        label=_("For which point"), queryset=Point.objects.none(), required=False, empty_label=_("none")
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for_user"].queryset = colleagues(actor).exclude(pk=actor.user_id or 0)
        self.fields["for_point"].queryset = points_of(actor)
