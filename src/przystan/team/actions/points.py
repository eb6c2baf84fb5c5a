"""Points of the organisation and their hours."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.rights import SETTINGS

from ..models import OfficeHours, Point


@transaction.atomic
def save_point(*, by: Actor, point: Point, changed: list[str]) -> Point:
    """Add or change a point of the actor's organisation. ValidationError where the last open one would close."""
    by.require(SETTINGS)
    point.organisation_id = by.organisation_id
    point.full_clean()
    if point.closed_on:
        _require_another(point)
    point.save()
    audit.record(by, "team.save_point", point, changed)
    return point


def _require_another(point: Point) -> None:
    """Whoever closes a point waits for who closes another: one is always open."""
    ours = Point.objects.filter(organisation_id=point.organisation_id, closed_on=None).order_by("pk")
    if [one.pk for one in ours.select_for_update(no_key=True)] == [point.pk]:
        words = _("This is the last point that is open. Without it nobody could log a support.")
        raise ValidationError({"closed_on": words})


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
