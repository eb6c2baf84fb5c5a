"""Programmes that pay for something, and those that pay for nothing because nobody has said for what."""

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from przystan.access.actors import Actor

from ..enums import OF_RESULTS
from ..models import Indicator, Programme


def that_can_pay(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """Of these, what pays through the centre, for a service at least, or for results."""
    return rows.filter(_for_something(), outside=False)


def with_idle(rows: QuerySet[Programme], day: date) -> QuerySet[Programme]:
    """`idle` of each: whether it would pay through the centre, that day or later, if somebody said for what."""
    lasts = Q(ends__isnull=True) | Q(ends__gte=day)
    return rows.annotate(idle=Case(When(lasts & ~_for_something(), outside=False, then=True), default=False))


def idle(actor: Actor, day: date, only: Programme | None = None) -> list[Programme]:
    """The actor's programmes that pay for nothing; `only`: whether this one does. One query."""
    rows = Programme.objects.seen_by(actor).filter(**({"pk": only.pk} if only else {}))
    return list(with_idle(rows, day).filter(idle=True).order_by("rank", "id"))  # type: ignore[misc]


def _for_something() -> Q:
    services = Programme.services.through.objects.filter(programme_id=OuterRef("pk"))
    of_results = Indicator.objects.filter(programme=OuterRef("pk"), counted__in=OF_RESULTS)
    return Q(Exists(services)) | Q(Exists(of_results))
