"""Programmes as readable TOML files: the shape of `funding/data/programmes.toml`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from przystan.rules.toml import pairs, parsed

from .faults import faults_of
from .models import Limit, Programme, TargetRule

MOST = 1_000_000  # characters
TEXTS = ("key", "name", "agreement", "lead", "complements", "source", "notes")


def read(text: str) -> dict[str, Any]:
    """The data of a file, checked, as `load_programmes` takes it. ValidationError lists every fault."""
    if len(text) > MOST:
        raise ValidationError(_("This file is too long for programmes."))
    data = parsed(text)
    faults = list(faults_of(data))
    if faults:
        raise ValidationError(faults)
    return data


def write(programme: Programme) -> str:
    """A file of one programme that `read` takes."""
    lines = ["[[funder]]", *pairs({"key": programme.funder.code, "names": programme.funder.names})]
    lines += ["", "[[programme]]", *pairs(_programme(programme))]
    for rule in programme.rules.order_by("valid_from", "id"):
        lines += ["", "[[programme.rule]]", *pairs(_dated(rule) | {"tree": rule.tree})]
    for limit in programme.limits.select_related("service").order_by("id"):
        row = {"kind": limit.kind, "value": limit.value, "service": limit.service and limit.service.code}
        lines += ["", "[[programme.limit]]", *pairs(row | _dated(limit))]
    for indicator in programme.indicators.prefetch_related("services", "kinds").order_by("position", "id"):
        lines += ["", "[[programme.indicator]]", *pairs(_indicator(indicator))]
    return "\n".join(lines) + "\n"


def _dated(row: TargetRule | Limit) -> dict[str, Any]:
    return {"valid_from": row.valid_from, "valid_to": row.valid_to, "source": row.source}


def _programme(programme: Programme) -> dict[str, Any]:
    row = {
        name: getattr(programme, name) for name in (*TEXTS, "starts", "ends", "gloss", "partners", "target", "offers")
    }
    return row | {
        "funder": programme.funder.code,
        "territory": [place.code for place in programme.territory.order_by("code")],
        "services": [service.code for service in programme.services.order_by("code")],
        "rank": programme.rank,
        "outside": programme.outside,
        "demo": programme.is_demo,
    }


def _indicator(indicator: Any) -> dict[str, Any]:
    plain_ones = ("code", "names", "counted", "breakdowns", "target", "target_source")
    row = {name: getattr(indicator, name) for name in plain_ones}
    row |= {"services": [service.code for service in indicator.services.all()], "filter": indicator.where}
    return row | {"results": [kind.code for kind in indicator.kinds.all()] or None}
