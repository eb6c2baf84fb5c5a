"""Fills programmes from a readable file. A programme that the centre has already is left as the centre has it."""

from typing import Any

from django.db import transaction

from przystan.reference.models import Place
from przystan.reference.shipped import shipped
from przystan.results.models import ResultKind
from przystan.rules.toml import plain
from przystan.rules.trees import dump
from przystan.support.models import Service
from przystan.team.models import Organisation

from .models import Funder, Indicator, Limit, Programme, TargetRule
from .vocabulary import PAYERS

TEXTS = ["name", "agreement", "lead", "complements", "source", "notes"]


@transaction.atomic
def load_programmes(organisation: Organisation, data: dict[str, Any] | None = None, demo: bool = True) -> None:
    """Add the funders and programmes of `data` (default: the shipped file); without `demo`, real ones only."""
    data = data or shipped("funding", "programmes")
    funders = {row["key"]: _funder(row) for row in data["funder"]}
    services = {service.code: service for service in Service.objects.all()}
    for row in data["programme"]:
        if demo or not row.get("demo"):
            _programme(organisation, row, funders, services)


def _funder(row: dict[str, Any]) -> Funder:
    return Funder.objects.get_or_create(code=row["key"], defaults={"names": row["names"]})[0]


def _programme(
    organisation: Organisation, row: dict[str, Any], funders: dict[str, Funder], services: dict[str, Service]
) -> None:
    programme, created = Programme.objects.get_or_create(
        organisation=organisation,
        key=row["key"],
        defaults={text: row.get(text, "") for text in TEXTS}
        | {
            "gloss": row.get("gloss", {}),
            "starts": row.get("starts"),
            "ends": row.get("ends"),
            "funder": funders[row["funder"]],
            "partners": row.get("partners", []),
            "target": row.get("target", {}),
            "offers": row.get("offers", {}),
            "rank": row.get("rank", 100),
            "outside": row.get("outside", False),
            "is_demo": row.get("demo", False),
        },
    )
    if created:
        programme.territory.set(Place.objects.filter(code__in=row.get("territory", [])))
        programme.services.set(services[code] for code in row.get("services", []))
        _parts(programme, row, services)


def _parts(programme: Programme, row: dict[str, Any], services: dict[str, Service]) -> None:
    """Rules, limits and indicators of a new programme."""
    for rule in row.get("rule", []):
        TargetRule.objects.create(
            programme=programme,
            tree=dump(PAYERS.parse(plain(rule["tree"]))),
            source=rule.get("source", ""),
            valid_from=rule.get("valid_from"),
            valid_to=rule.get("valid_to"),
        )
    for limit in row.get("limit", []):
        Limit.objects.create(
            programme=programme,
            kind=limit["kind"],
            value=limit["value"],
            service=services.get(limit.get("service", "")),
            source=limit.get("source", ""),
            valid_from=limit.get("valid_from"),
            valid_to=limit.get("valid_to"),
        )
    for position, indicator in enumerate(row.get("indicator", [])):
        made = Indicator.objects.create(
            programme=programme,
            code=indicator["code"],
            names=indicator["names"],
            counted=indicator["counted"],
            where=dump(PAYERS.parse(plain(indicator["filter"]))) if indicator.get("filter") else None,
            breakdowns=indicator.get("breakdowns", []),
            target=indicator.get("target"),
            target_source=indicator.get("target_source", ""),
            position=position,
        )
        made.services.set(services[code] for code in indicator.get("services", []))
        made.kinds.set(ResultKind.objects.filter(code__in=indicator.get("results", [])))
