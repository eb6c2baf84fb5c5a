"""Fills the catalogue from `support/data/catalogue.toml`; what a centre has renamed stays as the centre has it."""

from typing import Any

from django.db import transaction

from przystan.reference.shipped import shipped

from .models import Service, ServiceLine, Topic


@transaction.atomic
def load_catalogue() -> None:
    """Add the lines, services and topics that are not there yet."""
    catalogue = shipped("support", "catalogue")
    lines = {row["code"]: _line(position, row) for position, row in enumerate(catalogue["line"])}
    for position, row in enumerate(catalogue["service"]):
        Service.objects.get_or_create(
            code=row["code"],
            defaults={
                "names": row["names"],
                "line": lines[row["line"]],
                "unit": row["unit"],
                "default_minutes": row["default_minutes"],
                "audience": row["audience"],
                "position": position,
            },
        )
    for position, row in enumerate(catalogue["topic"]):
        topic, created = Topic.objects.get_or_create(
            code=row["code"], defaults={"names": row["names"], "position": position}
        )
        if created:
            topic.lines.set(lines[code] for code in row["lines"])


def _line(position: int, row: dict[str, Any]) -> ServiceLine:
    line, _ = ServiceLine.objects.get_or_create(
        code=row["code"], defaults={"names": row["names"], "icon": row.get("icon", ""), "position": position}
    )
    return line
