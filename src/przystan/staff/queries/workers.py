"""Who works here, for whoever asks."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from przystan.access.actors import Actor
from przystan.access.decisions import Standing

from ..models import Agreement, Worker
from ..rights import STAFF_READ


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


def leads(actor: Actor, worker: Worker) -> bool:
    """Whether the actor leads where this worker works."""
    return worker.standing_of(actor) is Standing.LEAD
