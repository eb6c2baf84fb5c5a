"""Narrowing the list of supports. Only days, services, colleagues: nothing about people stands in an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.support.enums import SupportKind
from przystan.support.queries import Filters
from przystan.ui.fields import DateField
from przystan.ui.forms import FilterForm

from ..enums import Shown, Step
from ..queries.supports import NOBODY
from .choices import IdField, Offer, lazily


class SupportFilterForm(FilterForm):
    not_narrowing = frozenset({"shown"})

    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)
    service = IdField(label=_("Service"), required=False)
    staff = IdField(label=_("Given by"), required=False)
    point = IdField(label=_("Point"), required=False)
    payer = forms.CharField(label=_("Payer"), required=False, widget=forms.Select())
    step = forms.ChoiceField(label=_("Next step"), required=False, choices=Step.choices)
    shown = forms.ChoiceField(label=_("Shown as"), required=False, choices=Shown.choices)
    kind = forms.ChoiceField(label=_("Logged as"), required=False, choices=[("", ""), *SupportKind.choices])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer = Offer(actor, retired=True)
        lazily(self.fields["service"], lambda: offer.services)
        lazily(self.fields["staff"], lambda: [("", ""), *offer.staff])
        lazily(self.fields["point"], lambda: [("", ""), *offer.points])
        lazily(self.fields["payer"], lambda: [("", ""), (NOBODY, _("nobody yet")), *offer.programmes])

    def filters(self) -> Filters:
        data = self.given()
        return Filters(
            since=data.get("since"),
            until=data.get("until"),
            service_id=data.get("service"),
            staff_id=data.get("staff"),
            point_id=data.get("point"),
            kind=data.get("kind", ""),
        )

    def programme(self) -> str:
        """Reference of the payer, NOBODY, or ""."""
        return str(self.given().get("payer") or "")

    def next_step(self) -> Step:
        """Which next steps."""
        return Step(self.given().get("step") or Step.ANY)

    def way(self) -> Shown:
        """How the list is shown."""
        return Shown(self.given().get("shown") or Shown.ENTRIES)
