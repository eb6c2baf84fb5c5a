"""Asking for an emergency look, and reviewing one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.access.models.glass import Category
from przystan.ui.forms import Form
from przystan.ui.widgets import Choices

from ..queries.glass import target_kinds

SHORTEST = 20
# A reference of ours, or an alias such as "Bez-7F3K-Q2": never a name, which would stay in the record of requests.
REFERENCE = r"^\s*(?:[0-9a-z]{12}|[^\W_]+(?:-[0-9A-Za-z]+)+)\s*$"


class AskForm(Form):
    """Why: a category, and in one's own words."""

    category = forms.ChoiceField(label=_("Why"), choices=Category, widget=Choices)
    reason = forms.CharField(
        label=_("What has happened"),
        help_text=_("At least 20 characters. Who looks at it afterwards reads this."),
        min_length=SHORTEST,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AskAnyForm(AskForm):
    """The same, for something that no page led to."""

    model = forms.ChoiceField(
        label=_("What you need to see"),
        choices=lambda: [(model, about.words) for model, about in target_kinds().items()],
        widget=Choices,
    )
    ref = forms.RegexField(
        REFERENCE,
        label=_("Its reference, or the person's alias"),
        max_length=40,
        error_messages={"invalid": _("Write the 12 characters of the reference, or the alias. Never a name.")},
    )
    field_order = ("model", "ref", "category", "reason")

    def clean_ref(self) -> str:
        return str(self.cleaned_data["ref"]).strip()


class ReviewForm(Form):
    """Was it right?"""

    justified = forms.ChoiceField(
        label=_("Was it right to look?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=Choices
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
