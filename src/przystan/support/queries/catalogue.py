"""The catalogue as forms offer it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet, prefetch_related_objects
from django.utils import timezone

from przystan.access.actors import Actor

from ..enums import SupportKind
from ..models import Service, ServiceLine, Support, Topic

LATEST = 500  # supports of many that tell what is usual: a busy centre gives as many in a few days


@dataclass(frozen=True)
class Field:
    """A field of work with what it offers."""

    line: ServiceLine
    services: list[Service]
    topics: list[Topic]


def offered(retired: bool = False) -> list[Field]:
    """The whole catalogue in its order, in three queries. `retired`: also what is no longer offered."""
    services = services_offered(retired)
    topics = topics_offered([line for line, _ in services], retired)
    return [Field(line, own, about) for (line, own), (_, about) in zip(services, topics, strict=True)]


def services_offered(retired: bool = False, kept: Collection[Any] = ()) -> list[tuple[ServiceLine, list[Service]]]:
    """Fields of work with their services. `retired`: also what is no longer offered; `kept` (ids) even then."""
    lines = ServiceLine.objects.prefetch_related("services")
    return [(line, [one for one in line.services.all() if _is_offered(one, retired, kept)]) for line in lines]


def topics_offered(
    lines: list[ServiceLine], retired: bool = False, kept: Collection[Any] = ()
) -> list[tuple[ServiceLine, list[Topic]]]:
    """The same fields of work with their topics: one query, for who shows topics at all."""
    prefetch_related_objects(lines, "topics")
    return [(line, [one for one in line.topics.all() if _is_offered(one, retired, kept)]) for line in lines]


def _is_offered(row: Service | Topic, retired: bool, kept: Collection[Any]) -> bool:
    return retired or not row.retired or row.pk in kept


def used_most(actor: Actor, topics: bool = False, days: int = 90, most: int = 8) -> list[int]:
    """Ids of the services (or topics) of what the actor gave in the last days (LATEST of it), the most frequent first.

    Who gave nothing yet begins with what is given at their point, or anywhere at their centre.
    """
    since = timezone.localdate() - timedelta(days=days)
    lately = Support.objects.seen_by(actor).filter(day__gte=since, kind=SupportKind.FULL)
    what = "topics" if topics else "service"

    def counted(rows: Any) -> list[int]:
        told = _latest(rows).filter(**{f"{what}__retired": False}).values_list(what).annotate(times=Count("pk"))
        return [pk for pk, _times in told.order_by("-times", what)[:most]]

    near = {"point_id": actor.point_id} if actor.point_id else {}
    return counted(lately.filter(staff_id=actor.user_id)) or counted(lately.filter(**near))


def often_asked(actor: Actor, days: int = 30, most: int = 8) -> list[Service]:
    """Services that anonymous contacts of the last days (LATEST of them) were about, the most frequent first; filled up
    with the first of the catalogue, so that a centre's first morning has some too."""
    since = timezone.localdate() - timedelta(days=days)
    lately = Support.objects.seen_by(actor).filter(day__gte=since, kind=SupportKind.CONTACT)
    counted = _latest(lately).values("service").annotate(times=Count("pk")).order_by("-times", "service")[:most]
    services = {service.pk: service for service in Service.objects.filter(retired=False).select_related("line")}
    found = [services[row["service"]] for row in counted if row["service"] in services]
    return list(dict.fromkeys([*found, *services.values()]))[:most]


def _latest(rows: QuerySet[Support]) -> QuerySet[Support]:
    return Support.objects.filter(pk__in=rows.order_by("-day", "-id").values("pk")[:LATEST]).order_by()
