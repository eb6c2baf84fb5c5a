"""What a new centre still lacks, for whoever can see to it."""

from typing import Any

from przystan.access.actors import Actor
from przystan.access.modules import FirstStep, steps
from przystan.team.models import Organisation


def first_steps(actor: Actor) -> list[FirstStep]:
    """Steps that this actor may take and nobody has taken yet. One query, none for who may take none."""
    mine = [step for step in steps() if actor.can(step.right)]
    if not mine or actor.is_system:
        return []
    done = {f"has_{step.key}": step.done(actor) for step in mine}
    found: Any = Organisation.objects.annotate(**done).get(pk=actor.organisation_id)
    return [step for step in mine if not getattr(found, f"has_{step.key}")]
