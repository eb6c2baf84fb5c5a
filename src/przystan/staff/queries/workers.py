"""Who works here, for whoever asks."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.access.models import User

from ..enums import Skill
from ..models import Agreement, Worker, WorkerLanguage
from ..rights import STAFF_READ

INTERPRETING = [Skill.INTERPRETS, Skill.SWORN]


def workers(actor: Actor) -> QuerySet[Worker]:
    """Everybody who works at the actor's points or at all, with what they speak."""
    actor.require(STAFF_READ)
    return Worker.objects.seen_by(actor).select_related("point").prefetch_related("languages")


def agreements_on(actor: Actor, day: date) -> "Prefetch[Any]":
    """To prefetch with workers, as `running`: by which agreements they work on a day, where the actor may read them."""
    running = Agreement.objects.seen_by(actor).standing().on(day).select_related("kind")
    return Prefetch("agreements", running, to_attr="running")


def mine(actor: Actor) -> Worker | None:
    """What is written down about the actor; None where their account is joined to nobody."""
    return Worker.objects.filter(user_id=actor.user_id or 0, organisation_id=actor.organisation_id).first()


def worker_of(actor: Actor, user: User) -> Worker | None:
    """Who holds this account, in the actor's organisation: for lines that know their colleagues by account."""
    return Worker.objects.filter(user=user, organisation_id=actor.organisation_id).first()


def leads(actor: Actor, worker: Worker) -> bool:
    """Whether the actor leads where this worker works."""
    return worker.standing_of(actor) is Standing.LEAD


def interpreters(actor: Actor, language: str) -> QuerySet[Worker]:
    """Who interprets a language (ISO 639) at the actor's points. Whether they may be sent is `may_be_assigned`'s."""
    spoken = WorkerLanguage.objects.filter(language=language, skill__in=INTERPRETING)
    return Worker.objects.seen_by(actor).filter(Q(pk__in=spoken.values("worker"))).order_by("name", "id")
