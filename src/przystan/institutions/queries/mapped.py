"""Institutions on a map of points."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import Address, Institution
from ..rules.mapping import Drawing, Mark, Spot, draw


@dataclass(frozen=True)
class Place:
    """A mark with its number in the list beside the map, and what lies there."""

    number: int
    mark: Mark
    institutions: list[Institution]


@dataclass(frozen=True)
class Map:
    """`drawing` None: none of them has coordinates. `missing`: how many have none."""

    drawing: Drawing | None
    places: list[Place]
    missing: int


def on_map(rows: QuerySet[Institution]) -> Map:
    """The map of these institutions (of `institutions`), numbered from north to south."""
    known = {one.pk: one for one in rows}
    addresses = Address.objects.filter(institution__in=known, latitude__isnull=False).order_by("pk")
    spots = [
        Spot(one.institution_id, float(one.latitude), float(one.longitude))
        for one in addresses
        if one.latitude is not None and one.longitude is not None
    ]
    drawing = draw(spots)
    marks = drawing.marks if drawing else []
    places = [Place(number, mark, [known[key] for key in mark.keys]) for number, mark in enumerate(marks, start=1)]
    return Map(drawing, places, len(known.keys() - {spot.key for spot in spots}))
