"""Forms of the catalogue."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.ui.forms import ModelForm
from przystan.ui.widgets import Checks

from .models import Service, ServiceLine, Topic

UNITS = [
    ("consultation", gettext_lazy("consultation")),
    ("accompaniment", gettext_lazy("accompaniment")),
    ("lesson", gettext_lazy("lesson")),
    ("meeting", gettext_lazy("meeting")),
    ("workshop", gettext_lazy("workshop")),
    ("visit", gettext_lazy("visit")),
    ("night", gettext_lazy("night")),
    ("event", gettext_lazy("event")),
    ("assistance", gettext_lazy("assistance")),
    ("research", gettext_lazy("research")),
]
AUDIENCES = [
    ("newcomers", gettext_lazy("newcomers")),
    ("host", gettext_lazy("the host community")),
    ("both", gettext_lazy("both")),
]


class NamedForm(ModelForm):
    """A name in each language of the interface; Polish at least, the others fall back to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.instance.names or {}
        self.languages = [f"name_{code}" for code, _label in settings.LANGUAGES]
        for code, label in settings.LANGUAGES:
            field = forms.CharField(label=label, max_length=160, required=code == "pl", initial=names.get(code, ""))
            self.fields[f"name_{code}"] = field
        if self.instance.pk:
            del self.fields["code"]

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.languages]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.languages]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if type(self.instance).objects.filter(code=code).exists():
            raise ValidationError(_("This code is already in use."))
        return str(code)

    def row(self) -> Any:
        """The row with what was written, not saved: actions save."""
        row = self.save(commit=False)
        given = {code: self.cleaned_data[f"name_{code}"].strip() for code, _label in settings.LANGUAGES}
        row.names = {**(row.names or {}), **given}
        row.names = {code: name for code, name in row.names.items() if name}
        return row


class LineForm(NamedForm):
    class Meta:
        model = ServiceLine
        fields = ["code", "position"]
        labels = {"code": gettext_lazy("Code, for reports and files"), "position": gettext_lazy("Place in the list")}


class ServiceForm(NamedForm):
    unit = forms.ChoiceField(label=gettext_lazy("One of it is a"), choices=UNITS)
    audience = forms.ChoiceField(label=gettext_lazy("For whom"), choices=AUDIENCES)

    class Meta:
        model = Service
        fields = ["code", "line", "unit", "default_minutes", "audience", "position"]
        labels = LineForm.Meta.labels


class TopicForm(NamedForm):
    lines = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Offered under"), queryset=ServiceLine.objects.all(), widget=Checks()
    )

    class Meta:
        model = Topic
        fields = ["code", "position"]
        labels = LineForm.Meta.labels

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["lines"].initial = list(self.instance.lines.all())
