"""Who may answer for a person's data, and who may confirm what another has asked."""

from typing import TYPE_CHECKING

from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import Standing
from przystan.access.models import Escrow, Glass
from przystan.access.modules import holders, subjects
from przystan.access.rights import AUDIT_READ, GLASS_APPROVE, GLASS_REVIEW
from przystan.people.policies import answers
from przystan.people.rights import PEOPLE_ANSWER_ANYBODY

if TYPE_CHECKING:
    from przystan.people.models import Person

    from .models import Erasure

NEAR = {Standing.TEAM, Standing.LEAD}


def may_answer(actor: Actor, person: "Person") -> bool:
    """Whether the actor answers for this person: with the right, and as one who works with them or leads the point."""
    if not answers(actor, person):
        return False
    standing = person.standing_of(actor)
    return standing in NEAR and not (person.protected and standing is not Standing.TEAM)


def require_answer(actor: Actor, person: "Person") -> None:
    """Raise Forbidden unless the actor answers for this person."""
    if not may_answer(actor, person):
        raise Forbidden("answer")


def may_set_times(actor: Actor) -> bool:
    """Whether the actor says how long data are kept: who answers for people and leads all points, for all are meant."""
    return actor.can(PEOPLE_ANSWER_ANYBODY) and actor.leads is None


def may_confirm(actor: Actor, erasure: "Erasure") -> bool:
    """Whether the actor may be the second person: not who asked; a colleague who answers for them, or the data
    protection officer. A file is let go by those who work on it, who works here by who leads them. What a rule lets
    go: not who made one shorter.
    """
    if erasure.organisation_id != actor.organisation_id or erasure.asked_by_id == actor.user_id:
        return False
    if erasure.is_hastened_by(actor.user_id):
        return False
    if subject := subjects().get(erasure.model):
        row = subject.answered_by(actor).filter(ref=erasure.object_ref).first()
        return actor.can(AUDIT_READ) or (row is not None and not subject.is_self(actor, row))
    if erasure.object_ref:
        return _on_the_team(actor, erasure.model, erasure.object_ref)
    if actor.can(AUDIT_READ):
        return True
    return erasure.person is not None and may_answer(actor, erasure.person)


def may_approve(actor: Actor, glass: Glass, asker: Actor | None) -> bool:
    """Whether the actor is somebody of another line than who asks to see a protected file."""
    return (
        actor.can(GLASS_APPROVE)
        and actor.organisation_id == glass.organisation_id
        and actor.user_id != glass.user_id
        and not (asker and is_below(actor, asker))
    )


def may_plan_key(actor: Actor) -> bool:
    """Whether the actor may ask for another emergency key, or be the second person to it."""
    return actor.can(GLASS_APPROVE) or actor.can(AUDIT_READ)


def may_confirm_key(actor: Actor, plan: Escrow) -> bool:
    """Whether the actor is the second person to this plan: not who asked for it."""
    if plan.organisation_id != actor.organisation_id or plan.confirmed_at or plan.asked_by_id is None:
        return False
    return may_plan_key(actor) and actor.user_id not in (None, plan.asked_by_id)


def may_review(actor: Actor, glass: Glass, point_id: int | None) -> bool:
    """Whether the actor may say afterwards if it was right: who leads the point (tier 2); who approves (tiers 3, 4).

    Not who approved this one.
    """
    if not actor.can(GLASS_REVIEW) or actor.organisation_id != glass.organisation_id:
        return False
    if actor.user_id in (glass.user_id, *(one.by_id for one in glass.approvals.all())):
        return False
    return actor.can(GLASS_APPROVE) or (glass.tier == 2 and point_id is not None and actor.leads_at(point_id))


def is_below(actor: Actor, other: Actor) -> bool:
    """Whether `other` leads every point where the actor works: no second person, but a subordinate."""
    return actor.points is not None and all(other.leads_at(point) for point in actor.points)


def _on_the_team(actor: Actor, model: str, ref: str) -> bool:
    return bool(holders()[model].table.objects.seen_by(actor).filter(ref=ref).exists())
