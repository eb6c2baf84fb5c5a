"""What the answers to a rule give away of people, and who may ask it of everybody (decision 31).

What a rule tells is not listed here. Facts name the fields they read, and the models declare tiers.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.decisions import of_everybody
from przystan.access.tiers import Tier, tiers_of

from .facts import Tells
from .trees import Rule, facts_of
from .words import asks_too_much

Told = Mapping[str, Tier]  # what is given away of people (as on their pages: "citizenships", "birth") -> its tier


def told_by_rule(rule: Rule) -> Told:
    """What a condition tells of those for whom it holds."""
    return told(fact.tells for fact in facts_of(rule))


def told(fields: Iterable[Tells]) -> Told:
    """What these fields tell; those of tier 0 are about nobody."""
    found: dict[str, Tier] = {}
    for one in fields:
        app, model, name = one.field.split(".")
        if (tier := tiers_of(apps.get_model(app, model).Privacy)[name]) > Tier.T0:
            found[one.name or name] = tier
    return found


def sensitive(found: Told) -> list[str]:
    """The names of tier 2 and above, for a row of the audit log."""
    return sorted(name for name, tier in found.items() if tier >= Tier.T2)


def may_ask(actor: Actor, found: Told) -> bool:
    """Whether the actor may ask anything of everybody that tells this: conditions of their own, and lists of names."""
    return not found or of_everybody(actor, max(found.values()))


def require_of_all(actor: Actor, rule: Rule, field: str) -> None:
    """ValidationError at the field unless the actor may know of everybody what the rule asks.

    Who writes a rule chooses the question that the product then answers about everybody: who can pay, who counts.
    """
    if not may_ask(actor, told_by_rule(rule)):
        raise ValidationError({field: asks_too_much()})


def refuse(actor: Actor, obj: Model, found: Told) -> None:
    """Write down that the actor asked for what is not theirs to ask, and got no answer."""
    audit.record(actor, "count.refuse", obj, found)
