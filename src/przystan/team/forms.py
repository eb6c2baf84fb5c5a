"""Forms about colleagues, points and hours."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.roles import CHOICES
from przystan.reference.models import Place
from przystan.ui.fields import CodeField
from przystan.ui.forms import Form, ModelForm
from przystan.ui.widgets import DayInput

from .models import Point
from .queries import points_of


class MemberForm(Form):
    """A new colleague: an account and the first role."""

    full_name = forms.CharField(label=_("Name"), max_length=120)
    username = CodeField(label=_("User name"), max_length=60, help_text=_("Short, without spaces: used to log in."))
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(label=_("Role"), choices=CHOICES)
    point = forms.ModelChoiceField(
        label=_("Point"), queryset=Point.objects.none(), required=False, empty_label=_("all points")
    )
    is_volunteer = forms.BooleanField(label=_("Volunteer"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points_of(actor)


class ToldForm(Form):
    """The code that whom a role is for has told."""

    code = forms.CharField(
        label=_("The code that you were told"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class RoleForm(Form):
    """One more role for a colleague, from a day and perhaps until a day."""

    role = forms.ChoiceField(label=_("Role"), choices=CHOICES)
    point = forms.ModelChoiceField(
        label=_("Point"), queryset=Point.objects.none(), required=False, empty_label=_("all points")
    )
    valid_to = forms.DateField(label=_("Until"), required=False, widget=DayInput())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points_of(actor)


class PointForm(ModelForm):
    class Meta:
        model = Point
        fields = ["name", "code", "place", "address", "opened_on", "closed_on"]
        field_classes = {"code": CodeField}
        widgets = {
            "opened_on": DayInput(),
            "closed_on": DayInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.filter(kind="municipality")

    def hours(self) -> list[dict[str, Any]]:
        """Its office hours as they are now, for the rows beside the form."""
        fields = ("weekday", "opens", "closes", "note")
        return list(self.instance.hours.order_by("pk").values(*fields)) if self.instance.pk else []

    def beside(self) -> list[object]:
        return [list(row.values()) for row in self.hours()]
