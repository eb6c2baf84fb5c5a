"""Choosing a period, and a file."""

from datetime import date
from typing import Any

from babel.dates import format_skeleton
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.people.rights import PEOPLE_READ
from przystan.ui.fields import DateField
from przystan.ui.forms import Form

from .enums import Format, Separator, Table
from .rules import Period, between, months_within, period_of, quarters_within, years_within

MOST_MONTHS = 36


class PeriodForm(Form):
    """A ready period, or days of one's own, which win. Nonsense is as good as nothing."""

    period = forms.CharField(label=_("Period"), required=False, widget=forms.Select())
    first = DateField(label=_("From"), required=False)
    last = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, starts: date, ends: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].widget.choices = period_choices(starts, ends, self.chosen().code)

    def chosen(self) -> Period:
        """The period that was asked for."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        if data.get("first") or data.get("last"):
            return between(data.get("first"), data.get("last"))
        return period_of(data.get("period") or "")


def period_choices(starts: date, ends: date, chosen: str = "") -> list[tuple[Any, Any]]:
    """All the time, then years, quarters and months, newest first, as a select shows them."""
    locale = (get_language() or "pl").split("-")[0]

    def words(skeleton: str, day: date | None) -> str:
        return str(format_skeleton(skeleton, day, locale=locale))

    years = [(one.code, one.code) for one in years_within(starts, ends)]
    quarters = [(one.code, words("yQQQ", one.first)) for one in quarters_within(starts, ends)]
    months = [(one.code, words("yMMMM", one.first)) for one in months_within(starts, ends)][:MOST_MONTHS]
    choices: list[tuple[Any, Any]] = [("", _("All the time"))]
    if "_" in chosen:
        choices.append((chosen, _("Days of my own")))
    return [*choices, (_("Years"), years), (_("Quarters"), quarters[:MOST_MONTHS]), (_("Months"), months)]


class ExportForm(Form):
    """Which file. The table and the separator are asked for CSV only, names of people of who may read them."""

    format = forms.ChoiceField(label=_("File"), choices=Format.choices, initial=Format.XLSX)
    table = forms.ChoiceField(label=_("Table"), choices=Table.choices, initial=Table.INDICATORS, required=False)
    separator = forms.ChoiceField(
        label=_("Between columns"), choices=Separator.choices, initial=Separator.SEMICOLON, required=False
    )
    names = forms.BooleanField(
        label=_("With names of people"),
        required=False,
        help_text=_("Without, the lists hold references alone. Most funders want no more."),
    )
    period = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not actor.can(PEOPLE_READ):
            del self.fields["names"]

    def clean_table(self) -> Table:
        return Table(self.cleaned_data["table"] or Table.INDICATORS)

    def clean_separator(self) -> Separator:
        return Separator(self.cleaned_data["separator"] or Separator.SEMICOLON)
