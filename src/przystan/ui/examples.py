"""Invented values for the component page and its tests. Names hold hostile text on purpose."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import charts
from .fields import DateField, MinutesField, PartialDateField, PhoneText, TimeField
from .forms import Form
from .paging import paginate
from .widgets import Checks, Choices, Combobox

HOSTILE = "O'Brien <b onmouseover=alert(1)>\"&"
MONTHS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
COUNTS = [31, 44, 52, 48, 61, 58, 40, 37, 66, 72, 80, 54]
MISTAKES = {"wrong-born_day": "31", "wrong-born_month": "2", "wrong-born_year": "1990", "wrong-minutes": "x"}
LANGUAGES = [
    ("", "—"),
    ("be", "Беларуская"),
    ("ka", "ქართული"),
    ("pl", "Polski"),
    ("ru", "Русский"),
    ("uk", "Українська"),
]
WAYS = [("desk", _("At the desk")), ("phone", _("By phone")), ("online", _("Online"))]


class Filters(Form):
    """Above the example list."""

    q = forms.CharField(label=_("Name or part of it"), required=False, widget=forms.TextInput({"type": "search"}))
    way = forms.ChoiceField(label=_("How"), required=False, choices=[("", _("All")), *WAYS])


class Line(Form):
    """One row of an "add another" list."""

    topic = forms.CharField(label=_("Topic"))
    minutes = MinutesField(label=_("Time"))


Lines = forms.formset_factory(Line, extra=1, can_delete=True)


class Example(Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name, as the person says it"), help_text=_("In any script. One name is enough."))
    born = PartialDateField(
        label=_("Born"), required=False, past=True, help_text=_("What is known: the year alone is fine.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=Combobox, required=False)
    way = forms.ChoiceField(label=_("How"), choices=WAYS, widget=Choices)
    needs = forms.MultipleChoiceField(
        label=_("Needs"),
        required=False,
        widget=Checks,
        choices=[("interpreter", _("Interpreter")), ("childcare", _("Childcare")), ("lift", _("Step-free way in"))],
    )
    on = DateField(label=_("Day"))
    at = TimeField(label=_("Time"), required=False)
    minutes = MinutesField(label=_("How long"))
    phone = PhoneText(label=_("Phone"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 3}))
    agreed = forms.BooleanField(label=_("The person agrees to messages"), required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything that the component page shows."""
    rows = [
        {"name": name, "since": date(2026, 5, 3), "count": count} for name, count in zip(NAMES, COUNTS, strict=False)
    ]
    return {
        "hostile": HOSTILE,
        "page": paginate(request, rows, size=5, sorts={"name": ("name",)}, default="name"),
        "nobody": paginate(request, []),
        "meanwhile": [(_("Name"), HOSTILE), (_("Until"), "")],
        "filters": Filters(),
        "form": Example(initial={"on": date(2026, 11, 23), "minutes": 45, "way": "desk", "born": "1987-05"}),
        "wrong": Example(MISTAKES, prefix="wrong"),
        "lines": Lines(prefix="lines", initial=[{"topic": _("Residence card"), "minutes": 30}]),
        "bars": charts.bars([(str(label), count) for (_code, label), count in zip(WAYS, (420, 180, 96), strict=True)]),
        "columns": charts.columns(list(zip(MONTHS, COUNTS, strict=True)), target=60, label_head=str(_("Month"))),
        "stacked": charts.stacked(
            [(month, (count, count // 2, count // 5)) for month, count in zip(MONTHS, COUNTS, strict=True)],
            series=[str(label) for _code, label in WAYS],
            label_head=str(_("Month")),
        ),
        "line": charts.line(
            [(month, (sum(COUNTS[: n + 1]), 55 * (n + 1))) for n, month in enumerate(MONTHS)],
            series=[str(_("People")), str(_("Plan"))],
            target=640,
            label_head=str(_("Month")),
        ),
        "none": charts.columns([]),
        "tones": ["quiet", "info", "good", "wait", "bad"],
    }


NAMES = [
    "Олена Ковальчук",
    "Gocha Maisuradze",
    HOSTILE,
    "محمد الأحمد",
    "Nguyễn Thị Hương",
    "ნინო",
    "Wolha Michalčuk",
    "Ram",
]
