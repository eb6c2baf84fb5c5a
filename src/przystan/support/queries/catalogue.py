"""The catalogue as forms offer it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from przystan.access.actors import Actor

from ..enums import Kind
from ..models import Service, ServiceLine, Support, Topic


@dataclass(frozen=True)
class Field:
    """A field of work with what it offers, both without what was retired."""

    line: ServiceLine
    services: list[Service]
    topics: list[Topic]


def offered(retired: bool = False, services: Collection[Any] = (), topics: Collection[Any] = ()) -> list[Field]:
    """The whole catalogue in its order, in four queries.

    `retired`: also what is no longer offered; `services`, `topics`: these (ids) even then.
    """
    lines = ServiceLine.objects.prefetch_related("services", "topics")
    return [
        Field(
            line,
            [service for service in line.services.all() if retired or not service.retired or service.pk in services],
            [topic for topic in line.topics.all() if retired or not topic.retired or topic.pk in topics],
        )
        for line in lines
    ]


def often_asked(actor: Actor, days: int = 30, most: int = 8) -> list[Service]:
    """Services that anonymous contacts of the last days were about, the most frequent first; filled up with the first
    of the catalogue, so that a centre's first morning has some too."""
    since = timezone.localdate() - timedelta(days=days)
    lately = Support.objects.seen_by(actor).filter(day__gte=since, kind=Kind.CONTACT).order_by()
    counted = lately.values("service").annotate(times=Count("pk")).order_by("-times", "service")[:most]
    services = {service.pk: service for service in Service.objects.filter(retired=False).select_related("line")}
    found = [services[row["service"]] for row in counted if row["service"] in services]
    return list(dict.fromkeys([*found, *services.values()]))[:most]
