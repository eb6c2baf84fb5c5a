"""Counts that may tell something about a person: what they tell, and of whom an actor may have them (decision 31).

Whoever chooses days and conditions freely, and reads lists of names, can make any number a question about one person.
So a count is made only of people of whom the actor may read, one by one, what the count tells: of everybody, where the
table of `access.decisions` allows that for whoever is farthest away; else of the actor's own people; else of nobody,
and then there is no number. No rounding, no noise: nothing is answered that could not be read.

What a count tells is not listed here. Facts and breakdowns name the fields they read, and the models declare tiers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.decisions import of_everybody
from przystan.access.tiers import Tier, tiers_of
from przystan.people.models import Exclusion, Person

from ..enums import Breakdown, Counted
from ..models import Indicator
from ..rules import FACTS, Rule, parse
from ..wording import asks_too_much
from .counting import rule_facts

READS = {
    Breakdown.SEX: FACTS["sex"].reads,
    Breakdown.AGE_BAND: FACTS["age"].reads,
    Breakdown.CITIZENSHIP: FACTS["citizenship"].reads,
    Breakdown.POINT: FACTS["point"].reads,
    Breakdown.LANGUAGE: "support.Support.language",
    Breakdown.SERVICE: FACTS["service"].reads,
}
OF_HOUSEHOLDS = "support.SupportPerson.household"
Told = Mapping[str, Tier]  # what is given away of people (as on their pages: "citizenships", "birth") -> its tier


def told_by_rule(rule: Rule) -> Told:
    """What a condition tells of those for whom it holds."""
    return _told(FACTS[fact].reads for fact in rule_facts(rule))


def told_by(indicator: Indicator, by: Breakdown | None = None) -> Told:
    """What an indicator's number, or the rows of its breakdown, tell of those who are counted."""
    fields = [FACTS[fact].reads for fact in rule_facts(parse(indicator.where))] if indicator.where else []
    fields += [OF_HOUSEHOLDS] if indicator.counted == Counted.HOUSEHOLDS else []
    return _told([*fields, *([READS[by]] if by else [])])


def sensitive(told: Told) -> list[str]:
    """The names of tier 2 and above, for a row of the audit log."""
    return sorted(name for name, tier in told.items() if tier >= Tier.T2)


def _told(fields: Any) -> Told:
    found: dict[str, Tier] = {}
    for label in fields:
        app, model, name = label.split(".")
        of = apps.get_model(app, model)
        if (tier := tiers_of(of.Privacy)[name]) > Tier.T0:
            found[_as_on_the_page(of, name)] = tier
    return found


def _as_on_the_page(of: type[Model], name: str) -> str:
    """Dated rows of a person are known by what the person calls them."""
    if of._meta.app_label != Person._meta.app_label or of is Person:
        return name
    return str(of._meta.get_field("person").remote_field.related_name)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Scope:
    """Of whom a count may be made: `people` (ids), None for everybody; nobody is no number. `told`: what it tells."""

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
        """Of whom a count that tells this may be made. One query, two where it is not everybody; none the next time."""
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

    def refuse(self, obj: Model, told: Told) -> None:
        """Write down that the actor asked for what is not theirs to ask, and got no number."""
        audit.record(self.actor, "count.refuse", obj, told)


def may_ask(actor: Actor, told: Told) -> bool:
    """Whether the actor may ask anything of everybody that tells this: conditions of their own, and lists of names."""
    return not told or of_everybody(actor, max(told.values()))


def require_of_all(actor: Actor, rule: Rule, field: str) -> None:
    """ValidationError at the field unless the actor may know of everybody what the rule asks.

    Who writes a rule chooses the question that the product then answers about everybody: who can pay, who counts.
    """
    if not may_ask(actor, told_by_rule(rule)):
        raise ValidationError({field: asks_too_much()})
