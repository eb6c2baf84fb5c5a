"""Who may do what with case files."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import decide
from przystan.access.rights import CASES_SECRET, Right
from przystan.access.tiers import Tier
from przystan.people.policies import answers

from .enums import TIERS, CaseKind, MemberRole
from .rights import CASES_READ, CASES_WRITE

if TYPE_CHECKING:
    from przystan.people.models import Person

    from .models import CaseFile


def right_for(tier: Tier) -> Right:
    """What a role must carry for files of this tier: professional secrets need a key of one's own."""
    return CASES_SECRET if tier >= Tier.T3 else CASES_READ


def kinds_for(actor: Actor) -> list[CaseKind]:
    """The kinds of files that the actor's roles may hold."""
    return [kind for kind in CaseKind if actor.can(CASES_READ) and actor.can(right_for(TIERS[kind]))]


def require_open(actor: Actor, case: "CaseFile") -> None:
    """Raise Forbidden unless the actor is in the team of this file, by role and by name."""
    actor.require(CASES_READ)
    decision = decide(actor, right_for(case.tier), case)
    if not decision.allowed:
        raise Forbidden(decision.reason)


def require_used(actor: Actor, person: "Person") -> None:
    """ValidationError when the person's data may only be kept (GDPR Art. 18), but for who answers the person."""
    if person.restricted_on and not answers(actor, person):
        raise ValidationError(_("The data of this person may only be kept now, not changed. Ask your coordinator."))


def may_write(actor: Actor, case: "CaseFile", roles: "set[str]") -> bool:
    """Whether who has these roles in the team may write notes: not in an emergency look, not in a closed file."""
    return actor.can(CASES_WRITE) and case.closed_on is None and bool(roles - {MemberRole.GLASS})


def may_lead(actor: Actor, roles: "set[str]") -> bool:
    """Whether who has these roles in the team says who else works on it, and closes it."""
    return actor.can(CASES_WRITE) and MemberRole.LEAD in roles
