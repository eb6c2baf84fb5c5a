"""Points of the organisation and their hours."""

from typing import Any

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.rights import SETTINGS

from ..models import OfficeHours, Point


@transaction.atomic
def save_point(*, by: Actor, point: Point, changed: list[str]) -> Point:
    """Add or change a point of the actor's organisation."""
    by.require(SETTINGS)
    point.organisation_id = by.organisation_id
    point.full_clean()
    point.save()
    audit.record(by, "team.save_point", point, changed)
    return point


@transaction.atomic
def save_hours(*, by: Actor, point: Point, rows: list[dict[str, Any]]) -> None:
    """Replace the office hours of a point by these rows (weekday, opens, closes, note)."""
    by.require(SETTINGS)
    point.hours.all().delete()
    for row in rows:
        hours = OfficeHours(point=point, **row)
        hours.full_clean()
        hours.save()
    audit.record(by, "team.save_hours", point, ["hours"])
