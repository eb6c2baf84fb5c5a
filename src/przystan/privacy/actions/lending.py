"""Letting somebody in for some hours: to the team of a person or a case, and to its keys by the emergency key."""

from przystan.access.actors import Actor, system
from przystan.access.models import Glass
from przystan.access.scope import acting
from przystan.casework.actions import lend as lend_case
from przystan.people.actions.lending import lend as lend_person
from przystan.people.models import Person

from ..queries.glass import Target


def approvals_needed(glass: Glass, target: Target) -> int:
    """How many people must say yes: one, or two where the emergency key was set up so."""
    return 1


def release(*, by: Actor, glass: Glass, target: Target) -> None:
    """Open the approver's part of the emergency key."""


def lend(*, by: Actor, glass: Glass, target: Target) -> None:
    """Let who asked in until `glass.until`."""
    with acting(system(glass.organisation_id, "glass")):
        if isinstance(target, Person):
            lend_person(by=by, person=target, glass=glass)
        else:
            lend_case(by=by, case=target, glass=glass)
