"""Forms of the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from przystan.ui.naming import LABELS, NamedForm
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


class LineForm(NamedForm):
    class Meta:
        model = ServiceLine
        fields = ["code", "position"]
        labels = LABELS


class ServiceForm(NamedForm):
    unit = forms.ChoiceField(label=gettext_lazy("One of it is a"), choices=UNITS)
    audience = forms.ChoiceField(label=gettext_lazy("For whom"), choices=AUDIENCES)

    class Meta:
        model = Service
        fields = ["code", "line", "unit", "default_minutes", "audience", "position"]
        labels = LABELS


class TopicForm(NamedForm):
    lines = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Offered under"), queryset=ServiceLine.objects.all(), widget=Checks()
    )

    class Meta:
        model = Topic
        fields = ["code", "position"]
        labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["lines"].initial = list(self.instance.lines.all())
