"""The two quick forms: an anonymous contact, and a group."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.support.enums import Mode
from przystan.support.rules import Entry
from przystan.ui.fields import DateField, MinutesField
from przystan.ui.forms import Form
from przystan.ui.widgets import Choices

from .choices import OFTEN, IdField, LanguageField, Offer, language_name, lazily
from .support import WithPeople

COUNTS = [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")]
FIRST_LANGUAGES = 8
GROUP_MODES = (Mode.IN_PERSON, Mode.ONLINE, Mode.OUTSIDE)


class ContactForm(Form):
    """A question at the desk or on the phone, without a name: a few taps."""

    service = IdField(label=_("What about"), required=False, widget=Choices())
    other_service = IdField(label=_("Something else"), required=False, combobox=True)
    headcount = forms.TypedChoiceField(label=_("How many people"), choices=COUNTS, coerce=int, widget=Choices())
    language = forms.ChoiceField(label=_("Language"), required=False, widget=Choices())
    mode = forms.ChoiceField(label=_("Form of contact"), widget=Choices())
    point = IdField(label=_("Point"))
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, offer: Offer, **kwargs: Any) -> None:
        start = {"point": actor.point_id, "headcount": 1, "mode": Mode.IN_PERSON, "form_token": uuid4()}
        kwargs["initial"] = start | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        lazily(self.fields["service"], lambda: [(service.pk, str(service)) for service in offer.often])
        lazily(self.fields["other_service"], lambda: offer.services)
        lazily(self.fields["point"], lambda: offer.points)
        self.fields["language"].choices = [(code, language_name(code)) for code in OFTEN[:FIRST_LANGUAGES]]
        self.fields["language"].choices += [("", _("another, or not known"))]
        self.fields["mode"].choices = [(mode.value, mode.label) for mode in Mode if mode != Mode.HOME]

    def clean(self) -> None:
        if not self.cleaned_data.get("service") and not self.cleaned_data.get("other_service"):
            self.add_error("service", _("Choose what it was about."))

    def entry(self) -> Entry:
        """What the ledger is given; the form must be valid."""
        data = self.cleaned_data
        return Entry(
            kind="contact",
            day=timezone.localdate(),
            usual=True,
            service_id=data["other_service"] or data["service"],
            point_id=data["point"],
            headcount=data["headcount"],
            language=data["language"],
            mode=data["mode"],
            form_token=data["form_token"],
        )


class GroupForm(WithPeople):
    """A lesson, a workshop, an event: who came by name, and how many in all."""

    title = forms.CharField(label=_("What it was"), max_length=120, required=False)
    service = IdField(label=_("Service"), combobox=True)
    day = DateField(label=_("Day"))
    minutes = MinutesField(label=_("Minutes"), min_value=1)
    headcount = forms.IntegerField(
        label=_("How many people in all"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_("With those you named. Empty: only those you named."),
    )
    language = LanguageField(label=_("Language"), required=False)
    mode = forms.ChoiceField(label=_("Form of contact"), choices=[(mode.value, mode.label) for mode in GROUP_MODES])
    point = IdField(label=_("Point"))
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, offer: Offer, **kwargs: Any) -> None:
        start = {"point": actor.point_id, "day": timezone.localdate(), "minutes": 90, "form_token": uuid4()}
        kwargs["initial"] = start | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        lazily(self.fields["service"], lambda: offer.services)
        lazily(self.fields["point"], lambda: offer.points)

    def entry(self) -> Entry:
        """What the ledger is given; the form must be valid."""
        data = self.cleaned_data
        return Entry(
            kind="group",
            people=self.chosen(),
            service_id=data["service"],
            point_id=data["point"],
            headcount=data["headcount"] or 0,
            **{name: data[name] for name in ("day", "minutes", "language", "mode", "place", "form_token")},
        )
