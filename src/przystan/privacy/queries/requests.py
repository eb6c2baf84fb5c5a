"""Requests of people and erasures, for those whose work they are."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from przystan.access.actors import Actor
from przystan.access.rights import AUDIT_READ
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_ANSWER, PEOPLE_ANSWER_ANYBODY

from ..enums import ErasureState, RequestState, Scope
from ..models import Erasure, LegalHold, Pack, SubjectRequest
from ..policies import may_answer, may_confirm


def person_answered_for(actor: Actor, ref: str) -> Person:
    """A person for whom the actor answers. `Person.DoesNotExist` for all others."""
    actor.require(PEOPLE_ANSWER)
    person = Person.objects.worked_with_by(actor).current().prefetch_related("names").get(ref=ref)
    if not may_answer(actor, person):
        raise Person.DoesNotExist
    return person


def register(actor: Actor) -> QuerySet[SubjectRequest]:
    """All requests that the actor answers for, open ones first, by the day they are due."""
    actor.require(PEOPLE_ANSWER)
    rows = SubjectRequest.objects.seen_by(actor).select_related("person").prefetch_related("person__names")
    return rows.order_by("answered_on", "due_on", "id")


def open_requests(actor: Actor) -> QuerySet[SubjectRequest]:
    """Those that wait for an answer, late ones first."""
    return register(actor).filter(state=RequestState.OPEN).order_by("due_on", "id")


def requests_of(actor: Actor, person: Person) -> QuerySet[SubjectRequest]:
    """What one person asked for."""
    return register(actor).filter(person=person)


def packs_of(actor: Actor, row: Any) -> QuerySet[Pack]:
    """The actor's own copies of the data of one of `access.subjects` that were not thrown away yet."""
    return Pack.objects.seen_by(actor).about(row)


def holds_of(person: Person) -> QuerySet[LegalHold]:
    """Legal holds of a person, newest first."""
    return LegalHold.objects.filter(person=person).select_related("by", "person")


def to_confirm(actor: Actor) -> list[Erasure]:
    """Erasures that wait for the actor's yes or no. A person whom the actor may not know of is not asked for."""
    rows = _erasures(actor).filter(state=ErasureState.WAITING).exclude(asked_by_id=actor.user_id)
    if not actor.can(AUDIT_READ):
        seen = Person.objects.seen_by(actor)
        mine = rows.filter(Q(person__in=seen.values("pk")) | Q(scope=Scope.SUBJECT))
        rows = mine.prefetch_related(Prefetch("person", seen))
    return [erasure for erasure in rows[:200] if may_confirm(actor, erasure)]


def erased(actor: Actor) -> QuerySet[Erasure]:
    """What was erased lately, as counts; for those who answer to people or watch over access. That somebody was
    protected, to the latter and to who asked.
    """
    if not (actor.can(PEOPLE_ANSWER) or actor.can(AUDIT_READ)):
        return Erasure.objects.none()
    rows = _erasures(actor).filter(Q(object_ref="") | Q(scope=Scope.SUBJECT), state=ErasureState.DONE)
    if not actor.can(AUDIT_READ):
        others = Q(protected=False) if actor.can(PEOPLE_ANSWER_ANYBODY) else Q(pk=None)
        rows = rows.filter(others | Q(asked_by=actor.user_id))
    return rows


def waiting_for(person: Person) -> Erasure | None:
    """The erasure of a person that waits for a second person."""
    return Erasure.objects.filter(person=person, state=ErasureState.WAITING, scope="person").first()


def _erasures(actor: Actor) -> QuerySet[Erasure]:
    return Erasure.objects.filter(organisation_id=actor.organisation_id).select_related("asked_by", "confirmed_by")
