"""Who works here, their account, and rows about them: languages, availability, countries."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.institutions.queries import institutions
from przystan.reference.cldr import countries, languages
from przystan.team.queries import colleagues, points_of
from przystan.ui.fields import DateField
from przystan.ui.forms import CHOOSE, Form, ModelForm
from przystan.ui.widgets import Combobox

from ..enums import Level, Skill, Tie
from ..models import Worker


class WorkerForm(ModelForm):
    """Somebody who works at a point that the actor leads."""

    class Meta:
        model = Worker
        fields = ["name", "point", "phone", "email", "sent_by", "with_minors"]
        help_texts = {
            "sent_by": _("Only for who comes from a partner."),
            "with_minors": _("Then the list says what is missing for it."),
        }
        widgets = {"sent_by": Combobox}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        point = self.fields["point"]
        point.queryset = points_of(actor) if actor.leads is None else points_of(actor).filter(pk__in=actor.leads)
        point.empty_label, point.required = _("all points"), actor.leads is not None
        self.fields["sent_by"].queryset = institutions(actor)


class AccountForm(Form):
    """Whose account it is."""

    user = forms.ModelChoiceField(
        label=_("Account"), queryset=User.objects.none(), required=False, empty_label=_("no account")
    )

    def __init__(self, *args: Any, actor: Actor, worker: Worker, **kwargs: Any) -> None:
        super().__init__(*args, initial={"user": worker.user_id}, **kwargs)
        free = colleagues(actor).filter(worker=None) | colleagues(actor).filter(worker=worker)
        self.fields["user"].queryset = free.exclude(pk=actor.user_id or 0)


def _languages() -> list[tuple[str, Any]]:
    return [("", CHOOSE), *languages()]


def _countries() -> list[tuple[str, Any]]:
    return [("", CHOOSE), *countries()]


class LanguageRow(Form):
    language = forms.ChoiceField(label=_("Language"), choices=_languages, widget=Combobox)
    skill = forms.ChoiceField(label=_("What they do"), choices=Skill)
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("not known")), *Level.choices], required=False)


class AvailabilityRow(Form):
    words = forms.CharField(label=_("When"), max_length=200)
    valid_from = DateField(label=_("From"), required=False)
    valid_to = DateField(label=_("Until"), required=False)


class CountryRow(Form):
    country = forms.ChoiceField(label=_("Country"), choices=_countries, widget=Combobox)
    tie = forms.ChoiceField(label=_("What it is to them"), choices=Tie)
    last_year = forms.IntegerField(label=_("Last year there"), min_value=1900, max_value=2200, required=False)


class ToldForm(Form):
    """Beside the countries: that these are all."""

    told_on = DateField(
        label=_("The day when they said that these are all countries of the last 20 years"), required=False
    )


ROWS = {"languages": LanguageRow, "availability": AvailabilityRow, "countries": CountryRow}
