"""The form of a full support."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.kernel.refs import ALPHABET, LENGTH
from przystan.support.enums import Interpreter, Mode, Outcome
from przystan.support.models import Support
from przystan.support.rules import Effort, Entry
from przystan.ui.fields import DateField, MinutesField, TimeField
from przystan.ui.forms import Form, renew
from przystan.ui.widgets import Choices

from .choices import IdField, LanguageField, Offer, lazily


class PeopleField(forms.MultipleChoiceField):
    """References of people; whether they exist is the action's question."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        return len(value) == LENGTH and set(value) <= set(ALPHABET)


class WithPeople(Form):
    """Whoever was chosen before (`people`) and is ticked now (`add`), see `desk/_who.html`."""

    people = PeopleField(required=False)
    add = PeopleField(required=False)

    def chosen(self) -> tuple[str, ...]:
        """References of the people chosen so far, sent or initial, in the order chosen."""
        if not self.is_bound:
            return tuple(self.initial.get("people", ()))
        return tuple(dict.fromkeys([*(self["people"].data or []), *(self["add"].data or [])]))


class EffortForm(Form):
    """Minutes of one topic."""

    topic = IdField(label=_("Topic"), required=False, combobox=True)
    minutes = MinutesField(label=_("Minutes"), required=False)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lazily(self.fields["topic"], lambda: offer.topics)

    def effort(self) -> Effort | None:
        topic = self.cleaned_data.get("topic")
        return Effort(topic_id=topic, minutes=self.cleaned_data.get("minutes") or 0) if topic else None


EffortFormSet = formset_factory(EffortForm, extra=2, max_num=20)


class SupportForm(WithPeople):
    """Everything of a support but its people (`desk/_who.html`) and topics (`EffortFormSet`)."""

    service = IdField(label=_("Service"), combobox=True)
    day = DateField(label=_("Day"))
    minutes = MinutesField(
        label=_("Minutes in all"), required=False, help_text=_("Empty: the sum of the topics, or the usual length.")
    )
    mode = forms.ChoiceField(label=_("Form of contact"), choices=Mode.choices, widget=Choices())
    language = LanguageField(label=_("Language"), required=False)
    interpreter = forms.ChoiceField(label=_("Interpreter"), choices=Interpreter.choices)
    outcome = forms.ChoiceField(
        label=_("Result"), choices=[("", _("not said")), *Outcome.choices], widget=Choices(), required=False
    )
    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)
    next_step_on = DateField(label=_("By when"), required=False)
    point = IdField(label=_("Point"))
    place = forms.CharField(
        label=_("Where"), max_length=120, required=False, help_text=_("If not at the point: which office or school.")
    )
    starts_at = TimeField(label=_("From"), required=False)
    staff = IdField(label=_("Given by"), required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)  # of the entry that is being changed

    def __init__(self, *args: Any, actor: Actor, offer: Offer, **kwargs: Any) -> None:
        kwargs["initial"] = fresh(actor) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        lazily(self.fields["service"], lambda: offer.services)
        lazily(self.fields["point"], lambda: offer.points)
        lazily(self.fields["staff"], lambda: offer.staff)

    def entry(self, efforts: list[Effort]) -> Entry:
        """What the ledger is given; the form must be valid."""
        data = self.cleaned_data
        plain = ("day", "mode", "place", "language", "interpreter", "outcome", "next_step", "next_step_on", "starts_at")
        return Entry(
            **{name: data[name] for name in plain},
            people=self.chosen(),
            service_id=data["service"],
            point_id=data["point"],
            staff_id=data["staff"],
            minutes=data["minutes"] or 0,
            usual=data["minutes"] is None,
            efforts=tuple(efforts),
            form_token=data["form_token"],
        )


@dataclass
class Sheet:
    """The two forms of one support, handled as one."""

    form: SupportForm
    efforts: BaseFormSet

    def is_valid(self) -> bool:
        return self.form.is_valid() & self.efforts.is_valid()

    def renew(self, **values: Any) -> None:
        """Say something else in hidden fields of a form that was sent, and is shown once more."""
        renew(self.form, **values)

    def entry(self) -> Entry:
        found = [row.effort() for row in self.efforts]
        return self.form.entry([effort for effort in found if effort])


def sheet(data: Any, actor: Actor, initial: dict[str, Any] | None = None) -> Sheet:
    """A sheet to fill in, or the one that was sent."""
    initial = dict(initial or {})
    topics = initial.pop("efforts", [])
    offer = Offer(actor, kept=initial | {"topics": [row["topic"] for row in topics]})
    return Sheet(
        SupportForm(data, actor=actor, offer=offer, initial=initial),
        EffortFormSet(data, initial=topics, prefix="topics", form_kwargs={"offer": offer}),
    )


def fresh(actor: Actor) -> dict[str, Any]:
    """Where most supports begin: today, here, by me, in person."""
    return {
        "day": timezone.localdate(),
        "point": actor.point_id,
        "staff": actor.user_id,
        "mode": Mode.IN_PERSON,
        "interpreter": Interpreter.NOT_SAID,
        "form_token": uuid4(),
    }


def filled(support: Support) -> dict[str, Any]:
    """The sheet of an entry that is there, to change or correct it."""
    plain = ("day", "minutes", "mode", "place", "language", "interpreter", "outcome", "next_step", "next_step_on")
    return {name: getattr(support, name) for name in (*plain, "starts_at")} | {
        "version": support.version,
        "people": [recipient.person.ref for recipient in support.recipients.all()],
        "service": support.service_id,
        "point": support.point_id,
        "staff": support.staff_id,
        "efforts": [{"topic": effort.topic_id, "minutes": effort.minutes} for effort in support.efforts.all()],
    }
