"""The form of one result: only the fields of its kind. And narrowing the list of results."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.institutions.models import Institution
from przystan.results.enums import Of, Proof, Shape
from przystan.results.models import Result, ResultKind
from przystan.results.queries import Filters, kinds_offered
from przystan.results.rules import Reached
from przystan.ui.fields import DateField, MinutesField
from przystan.ui.forms import FilterForm, Form
from przystan.ui.widgets import Combobox

from .choices import IdField, Offer, lazily

OF_KIND = ("institution", "before", "after", "minutes")  # fields that only some kinds have
UNUSED = {
    Shape.YES: ("before", "after", "minutes"),
    Shape.LEVELS: ("minutes",),
    Shape.MINUTES: ("before", "after"),
}


class ResultForm(Form):
    """What came of it, when, and what proves it. Whose it is stands in the address."""

    institution = forms.CharField(label=_("Institution"), max_length=12, widget=Combobox())
    before = forms.ChoiceField(label=_("Level before"), required=False)
    after = forms.ChoiceField(label=_("Level now"))
    minutes = MinutesField(label=_("How long"), min_value=1)
    day = DateField(label=_("Day"))
    proof = forms.ChoiceField(label=_("Proven by"), choices=Proof.choices)
    evidence = forms.CharField(
        label=_("Where the proof is"),
        max_length=200,
        required=False,
        help_text=_("A number, a folder, an address of a page. No words about the person."),
    )
    point = IdField(label=_("Point"))
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)  # of the result that is being changed

    def __init__(self, *args: Any, actor: Actor, kind: ResultKind, **kwargs: Any) -> None:
        start = {"day": timezone.localdate(), "point": actor.point_id, "form_token": uuid4(), "proof": Proof.DOCUMENT}
        kwargs["initial"] = start | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.kind = kind
        offer = Offer(actor, kept=kwargs["initial"])
        lazily(self.fields["point"], lambda: offer.points)
        levels = [(level, level) for level in kind.shaped.levels]
        self.fields["before"].choices = [("", _("not known")), *levels]
        self.fields["after"].choices = levels
        lazily(self.fields["institution"], lambda: [("", ""), *_institutions(actor)])
        for name in (*UNUSED[Shape(kind.shape)], *(() if kind.of == Of.INSTITUTION else ("institution",))):
            del self.fields[name]

    def reached(self, person: str) -> Reached:
        """What the ledger is given; the form must be valid. `person`: reference, "" for nobody."""
        data = self.cleaned_data
        given = {name: data[name] for name in OF_KIND if name in data}
        plain = {name: data[name] for name in ("day", "proof", "evidence", "form_token")}
        return Reached(kind_id=self.kind.pk, point_id=data["point"], person=person, **given, **plain)


def _institutions(actor: Actor) -> list[tuple[str, str]]:
    """(reference, name) of those that are open."""
    rows = Institution.objects.seen_by(actor).current().open().order_by("name", "pk")
    return list(rows.values_list("ref", "name"))


def filled(result: Result) -> dict[str, Any]:
    """The form of a result that is there, to change or correct it."""
    plain = ("before", "after", "minutes", "day", "proof", "evidence", "version")
    whose = {"institution": result.institution.ref if result.institution else ""}
    return {name: getattr(result, name) for name in plain} | {"point": result.point_id, "form_token": None} | whose


class ResultFilterForm(FilterForm):
    """Which results."""

    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)
    kind = IdField(label=_("What came of it"), required=False)
    point = IdField(label=_("Point"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer = Offer(actor, retired=True)
        lazily(self.fields["kind"], lambda: [("", ""), *((kind.pk, str(kind)) for kind in kinds_offered(retired=True))])
        lazily(self.fields["point"], lambda: [("", ""), *offer.points])

    def filters(self) -> Filters:
        data = self.given()
        return Filters(
            since=data.get("since"), until=data.get("until"), kind_id=data.get("kind"), point_id=data.get("point")
        )
