"""Inputs beyond Django's own. Each works without script; `data-*` lets our small scripts make it quicker."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.dates import MONTHS
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _


class Combobox(forms.Select):
    """A list of choices; with script one types a few letters to find one. What is typed and is not on it comes back."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-combobox": True, **(attrs or {})}, choices)

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        typed = [one for one in value if one and not str(one).isdigit()]
        if typed and not any(option["selected"] for _name, options, _at in groups for option in options):
            option = self.create_option(name, typed[0], typed[0], True, len(groups), attrs={"data-typed": True})
            groups.append((None, [option], len(groups)))
        return groups


class Choices(forms.RadioSelect):
    """A few choices, all seen at once, as large targets."""

    template_name = "ui/widgets/choices.html"
    option_template_name = "django/forms/widgets/radio_option.html"


class Checks(forms.CheckboxSelectMultiple):
    """Several choices at once, as large targets."""

    template_name = "ui/widgets/choices.html"


class Asked(forms.NullBooleanSelect):
    """Yes, no, or not asked yet, which asserts neither."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = [("unknown", _("not asked yet")), ("true", _("yes")), ("false", _("no"))]


class Ticks(forms.CheckboxSelectMultiple):
    """Several of many: a list that scrolls, in which one finds by a few letters (`c-ticks`)."""

    template_name = "ui/widgets/ticks.html"


class Minutes(forms.NumberInput):
    """A length of time in minutes, in steps of five by the arrows."""

    template_name = "ui/widgets/minutes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"min": 0, "step": 5, "inputmode": "numeric", **(attrs or {})})


class DayInput(forms.DateInput):
    """The browser's own date field, which writes dates in the reader's way."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def parts_of(value: object) -> list[str]:
    """[day, month, year] of "1987-05-03", as the three inputs show them."""
    year, month, day = ([*str(value or "").split("-"), "", ""])[:3]
    return [day, str(int(month)) if month.isdigit() else "", year]


class PartialDateInput(forms.MultiWidget):
    """Day, month, year: each may stay empty, the year last to go. Value: "1987", "1987-05", "1987-05-03"."""

    template_name = "ui/widgets/partial_date.html"
    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"inputmode": "numeric", "autocomplete": "off"}
        months = [("", "—"), *((number, name) for number, name in MONTHS.items())]
        super().__init__(
            {
                "day": forms.TextInput({**digits, "size": 2, "maxlength": 2}),
                "month": forms.Select(choices=months),
                "year": forms.TextInput({**digits, "size": 4, "maxlength": 4}),
            },
            attrs,
        )

    def decompress(self, value: object) -> list[str]:
        return parts_of(value)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """[day, month, year] as typed; an import or a test may also send the whole date as one text."""
        if name in data:
            return parts_of(data[name])
        parts = super().value_from_datadict(data, files, name)
        return [str(part or "").strip() for part in parts]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            part["label"] = label
            if context["widget"]["attrs"].get("aria-invalid"):
                part["attrs"]["aria-invalid"] = "true"
        return context


class PhoneInput(forms.TextInput):
    """A telephone number of any country."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "dir": "ltr", **(attrs or {})})


class RemoteCombobox(forms.Widget):
    """A choice among many that the server knows: one types a few letters. Value: (what is sent, what is shown).

    Without script what was typed is sent alone, and the field looks it up.
    """

    template_name = "ui/widgets/remote_combobox.html"
    url: Any = ""
    query = ""

    def ask(self, address: str, query: Mapping[str, Any] | None = None) -> None:
        """Where it asks: the name of an address that answers with `c-options` for ?q=, and what else it asks with."""
        self.url = reverse_lazy(address)
        self.query = urlencode(query, doseq=True) if query else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str]:
        return str(data.get(name) or ""), str(data.get(f"{name}_text") or "").strip()

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_text" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        sent, shown = value if isinstance(value, tuple | list) else (value or "", "")
        path = f"{self.url}?{self.query}" if self.query else self.url
        context["widget"] |= {"sent": sent, "shown": shown, "url": path}
        return context
