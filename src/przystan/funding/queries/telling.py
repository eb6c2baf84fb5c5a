"""Counts that may tell something about a person: what they tell, and of whom an actor may have them (decision 31).

Whoever chooses days and conditions freely, and reads lists of names, can make any number a question about one person.
So a count is made only of people of whom the actor may read, one by one, what the count tells: of everybody, where the
table of `access.decisions` allows that for whoever is farthest away; else of the actor's own people; else of nobody,
and then there is no number. No rounding, no noise: nothing is answered that could not be read.

What a count tells follows from what its conditions and breakdowns tell (`rules.telling`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.decisions import of_everybody
from przystan.access.tiers import Tier
from przystan.people.models import Exclusion, Person
from przystan.rules.facts import Tells
from przystan.rules.telling import Told, sensitive, told
from przystan.rules.trees import facts_of

from ..enums import OF_HOUSEHOLDS, Breakdown
from ..models import Indicator
from ..vocabulary import PAYERS

FACTS = {
    Breakdown.SEX: "sex",
    Breakdown.AGE_BAND: "age",
    Breakdown.CITIZENSHIP: "citizenship",
    Breakdown.POINT: "point",
    Breakdown.SERVICE: "service",
}
COLUMNS = {
    Breakdown.LANGUAGE: Tells("support.Support.language"),
    Breakdown.RESULT: Tells("results.Result.kind"),
    Breakdown.LEVEL: Tells("results.Result.after"),
}
HOUSEHOLDS = Tells("support.SupportPerson.household")


def tells(by: Breakdown) -> Tells:
    """What the rows of a breakdown give away: what a condition on the same fact does."""
    return COLUMNS[by] if by in COLUMNS else PAYERS.facts[FACTS[by]].tells


def told_by(indicator: Indicator, by: Breakdown | None = None) -> Told:
    """What an indicator's number, or the rows of its breakdown, tell of those who are counted."""
    fields = [fact.tells for fact in facts_of(PAYERS.parse(indicator.where))] if indicator.where else []
    fields += [HOUSEHOLDS] if indicator.counted in OF_HOUSEHOLDS else []
    return told([*fields, *([tells(by)] if by else [])])


@dataclass(frozen=True)
class Scope:
    """Who may be counted: `people` (ids), None for everybody; nobody is no number. `told`: what it tells."""

    told: Told = field(default_factory=dict)
    people: Sequence[int] | None = None

    @property
    def hidden(self) -> bool:
        return self.people is not None and not self.people

    @property
    def partial(self) -> bool:
        """Only people whose facts the actor may read."""
        return bool(self.people)


EVERYBODY = Scope()


class Asking:
    """One actor who asks for counts. Whose facts they may read is looked up once for each tier."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._people: dict[Tier, Sequence[int] | None] = {}

    def scope(self, told: Told) -> Scope:
        """Who may be counted by what tells this. One query, two where it is not everybody; none the next time."""
        if not told or self.actor.is_system:
            return Scope(told)
        tier = max(told.values())
        if tier not in self._people:
            self._people[tier] = self._readable(tier)
        return Scope(told, self._people[tier])

    def _readable(self, tier: Tier) -> Sequence[int] | None:
        if of_everybody(self.actor, tier) and not self._kept_from_somebody():
            return None
        people = Person.objects.worked_with_by(self.actor) if tier >= Tier.T2 else Person.objects.open_to(self.actor)
        return list(people.order_by("id").values_list("pk", flat=True))

    def _kept_from_somebody(self) -> bool:
        user_id = self.actor.user_id
        return user_id is not None and Exclusion.objects.filter(user_id=user_id).exists()

    def note(self, obj: Model, scope: Scope, purpose: str = "count") -> None:
        """Write down that the actor has this count: what it tells, never how many. One row for each object."""
        if not scope.hidden and not self.actor.is_system and (names := sensitive(scope.told)):
            audit.read(self.actor, obj, names, tier=max(scope.told.values()), purpose=purpose)
