"""Forms of a programme, its limits, its indicators, and the file it may come from."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from przystan.results.queries import kinds_offered
from przystan.support.models import Service
from przystan.ui.fields import CodeField, DateField
from przystan.ui.forms import Form, ModelForm
from przystan.ui.widgets import Checks, Combobox, Ticks

from ..enums import Breakdown
from ..models import Indicator, Limit, Programme

LARGEST_FILE = 1_000_000


def services_by_line(chosen: Iterable[int] = ()) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices of services under the names of their lines; of the retired ones only those that are `chosen` (ids)."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for service in Service.objects.filter(Q(retired=False) | Q(pk__in=list(chosen))).select_related("line"):
        groups.setdefault(str(service.line), []).append((service.pk, str(service)))
    return list(groups.items())


def _chosen(row: Programme | Indicator) -> list[int]:
    """A service that is no longer offered was paid for and is counted: it must not fall out of a form."""
    return list(row.services.values_list("pk", flat=True)) if row.pk else []


class ProgrammeForm(ModelForm):
    """The facts of a programme. Partners are written one to a line."""

    starts = DateField(label=_("First day"), required=False)
    ends = DateField(label=_("Last day"), required=False)
    key = CodeField(
        label=_("Short key"),
        max_length=60,
        required=False,
        help_text=_("For files and reports. Left empty, it is made from the name."),
    )
    new_funder = forms.CharField(label=_("Or a new funder"), max_length=120, required=False)
    partner_lines = forms.CharField(
        label=_("Partners"), widget=forms.Textarea({"rows": 3}), required=False, help_text=_("One on each line.")
    )

    class Meta:
        model = Programme
        fields = [
            *("name", "key", "agreement", "starts", "ends", "funder", "lead", "complements", "territory", "services"),
            *("rank", "outside", "source", "notes"),
        ]
        widgets = {
            "territory": Ticks(),
            "services": Checks(),
            "notes": forms.Textarea({"rows": 3}),
        }
        help_texts = {
            "rank": _("1 is asked first to pay."),
            "outside": _("It pays, but not us: what it paid for cannot be counted here."),
            "territory": _("Points in these places; nothing chosen means everywhere."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = services_by_line(_chosen(self.instance))
        self.fields["funder"].required = False
        if self.instance.pk:
            self.fields["key"].required = True
        else:  # it pays for all there is, unless somebody says otherwise
            self.initial["services"] = Service.objects.filter(retired=False)
        self.fields["partner_lines"].initial = "\n".join(self.instance.partners)
        for code, name in settings.LANGUAGES:
            self.fields[f"target_{code}"] = forms.CharField(
                label=_("For whom, in words (%(language)s)") % {"language": name},
                initial=self.instance.target.get(code, ""),
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("funder") and not data.get("new_funder"):
            self.add_error("funder", _("Choose a funder or write a new one."))
        return data

    def targets(self) -> list[Any]:
        """The fields "for whom", one for each language."""
        return [self[f"target_{code}"] for code, _name in settings.LANGUAGES]

    def filled(self) -> Programme:
        """The programme with everything that was sent, not yet written. The form must be valid."""
        programme: Programme = self.instance
        programme.partners = [line.strip() for line in self.cleaned_data["partner_lines"].splitlines() if line.strip()]
        texts = {code: self.cleaned_data[f"target_{code}"].strip() for code, _name in settings.LANGUAGES}
        kept = {name: value for name, value in programme.target.items() if name not in texts}  # age bands
        programme.target = kept | {code: text for code, text in texts.items() if text}
        return programme


class LimitForm(ModelForm):
    """One limit of a programme."""

    valid_from = DateField(label=_("From"), required=False)
    valid_to = DateField(label=_("Until"), required=False)

    class Meta:
        model = Limit
        fields = ["kind", "value", "service", "valid_from", "valid_to", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].label = _("Service")
        self.fields["service"].widget = Combobox()
        self.fields["service"].choices = [("", _("all its services")), *services_by_line()]


class IndicatorForm(ModelForm):
    """What is counted, of which services or kinds of results, split how, and the target."""

    breakdowns = forms.MultipleChoiceField(label=_("Split"), choices=Breakdown.choices, widget=Checks(), required=False)

    class Meta:
        model = Indicator
        fields = ["code", "counted", "services", "kinds", "breakdowns", "target", "target_source"]
        widgets = {"services": Checks(), "kinds": Checks()}
        help_texts = {
            "services": _("Nothing chosen means everything that the programme pays for."),
            "kinds": _("Where results are counted. Nothing chosen means all of them."),
        }
        labels = {"code": _("Short key")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("For files and reports. Left empty, it is made from the name.")
        self.fields["services"].choices = services_by_line(_chosen(self.instance))
        self.fields["kinds"].choices = [(kind.pk, str(kind)) for kind in kinds_offered(retired=True)]
        for code, name in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name (%(language)s)") % {"language": name},
                initial=self.instance.names.get(code, ""),
                required=code == _here(),
                max_length=200,
            )

    def name_here(self) -> Any:
        """The name in the page's language, which is asked for."""
        return self[f"name_{_here()}"]

    def other_names(self) -> list[Any]:
        """The name in each other language."""
        return [self[f"name_{code}"] for code, _name in settings.LANGUAGES if code != _here()]

    def filled(self) -> Indicator:
        """The indicator with everything that was sent, not yet written. The form must be valid."""
        indicator: Indicator = self.instance
        texts = {code: self.cleaned_data[f"name_{code}"].strip() for code, _name in settings.LANGUAGES}
        indicator.names = {code: text for code, text in texts.items() if text}
        return indicator


def _here() -> str:
    return (get_language() or "pl").split("-")[0]


class FileForm(Form):
    """A TOML file of programmes."""

    file = forms.FileField(label=_("File (TOML)"), max_length=200)

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is too long for programmes."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This file is not text in UTF-8.")) from error
