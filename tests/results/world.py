"""A centre in which results are noted."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from przystan.access.actors import Actor
from przystan.institutions.models import Institution
from przystan.ledger.actions import close_period
from przystan.results.actions import note
from przystan.results.loading import load_kinds
from przystan.results.models import Result, ResultKind
from przystan.results.rules import Reached
from tests import factories


class Centre:
    """A point with an adviser, a coordinator, the shipped catalogue and a person."""

    def __init__(self) -> None:
        load_kinds()
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.adviser = factories.actor(self.organisation, "adviser", self.point)
        self.coordinator = factories.actor(self.organisation, "coordinator")
        self.person = factories.person(self.point)
        self.school = self.institution("School 912")
        self.today = timezone.localdate()
        self.past = self.today - timedelta(days=40)

    def institution(self, name: str) -> Institution:
        return factories.institution(self.organisation, name)

    def reached(self, code: str = "language_level", **values: Any) -> Reached:
        levels = {"person": self.person.ref, "before": "A1", "after": "A2"} if code == "language_level" else {}
        given = {"point_id": self.point.pk, "day": self.today, **levels, **values}
        return Reached(kind_id=ResultKind.objects.get(code=code).pk, **given)  # type: ignore[arg-type]

    def note(self, code: str = "language_level", by: Actor | None = None, **values: Any) -> Result:
        return note(by=by or self.adviser, reached=self.reached(code, **values))

    def close(self, day: date | None = None) -> None:
        """Close the period of a day that has passed."""
        day = day or self.past
        close_period(by=self.coordinator, starts=day, ends=day)
