"""What was given last time, to be said again with one press."""

from collections.abc import Sequence
from typing import Any

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.support.enums import SupportKind
from przystan.support.models import Support
from przystan.support.queries import of_person
from przystan.support.rights import SUPPORT_READ

TOPICS = 20


def last_time(actor: Actor, people: Sequence[Person]) -> Support | None:
    """The last support for the first of these people, that the actor may see; of nobody, the last that the actor gave.

    None where there is none, or its service is no longer offered.
    """
    if not actor.can(SUPPORT_READ):
        return None
    mine = Support.objects.seen_by(actor).filter(staff_id=actor.user_id)
    rows = of_person(actor, people[0]) if people else mine
    rows = rows.standing().filter(kind=SupportKind.FULL, service__retired=False)
    return rows.select_related("service").order_by("-day", "-id").first()


def said_again(support: Support) -> dict[str, Any]:
    """Service, topics, way, language and interpreter of a support as the form of another one sends them."""
    topics = [
        effort.topic_id
        for effort in support.efforts.filter(topic__retired=False).order_by("topic__position", "topic")[:TOPICS]
    ]
    rows = {f"topics-{place}-topic": str(topic) for place, topic in enumerate(topics)}
    plain = {name: getattr(support, name) for name in ("mode", "language", "interpreter")}
    return {"service": str(support.service_id), **plain, **rows, "topics": len(topics)}
