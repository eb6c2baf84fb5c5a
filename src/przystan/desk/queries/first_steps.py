"""What a new centre has done and still lacks, for whoever can see to it."""

from dataclasses import dataclass
from typing import Any

from przystan.access.actors import Actor
from przystan.access.addresses import opens, policy
from przystan.access.modules import FirstStep, steps
from przystan.team.models import Organisation


@dataclass(frozen=True)
class Ticked:
    """A first step, and whether it is done: computed from what there is, ticked by nobody."""

    step: FirstStep
    done: bool


def first_steps(actor: Actor) -> list[Ticked]:
    """Steps that this actor may take; none once all of them are done. One query, none for who may take none."""
    mine = [step for step in steps() if _may_take(actor, step)]
    if not mine or actor.is_system:
        return []
    asked = {f"has_{step.key}": step.done(actor) for step in mine}
    found: Any = Organisation.objects.annotate(**asked).get(pk=actor.organisation_id)
    ticked = [Ticked(step, bool(getattr(found, f"has_{step.key}"))) for step in mine]
    return [] if all(one.done for one in ticked) else ticked


def _may_take(actor: Actor, step: FirstStep) -> bool:
    return actor.can(step.right) and (not step.address or opens(policy()[step.address], actor))
