"""Programmes as readable TOML files: the shape of `funding/data/programmes.toml`."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from przystan.kernel import apart

from .faults import faults_of
from .models import Limit, Programme, TargetRule

MOST = 1_000_000  # characters
READER = "przystan.funding.toml_reader"
BOUNDS = apart.Bounds(seconds=2, memory=256 * 1024**2)  # somebody waits for the page
DATED: Mapping[str, Callable[[str], Any]] = {
    "$date": date.fromisoformat,
    "$datetime": datetime.fromisoformat,
    "$time": time.fromisoformat,
}
TEXTS = ("key", "name", "agreement", "lead", "complements", "source", "notes")


def read(text: str) -> dict[str, Any]:
    """The data of a file, checked, as `load_programmes` takes it. ValidationError lists every fault."""
    if len(text) > MOST:
        raise ValidationError(_("This file is too long for programmes."))
    data = _parsed(text)
    faults = list(faults_of(data))
    if faults:
        raise ValidationError(faults)
    return data


def _parsed(text: str) -> Any:
    """The data as a process apart reads it: a parser can be kept busy for hours by a short file."""
    try:
        with apart.messages(READER, None, [text.encode()], BOUNDS) as messages:
            [said] = messages
        if "refused" in said:
            raise ValidationError(_("This is not a TOML file: %(detail)s") % {"detail": said["refused"]})
        return _dated_again(said["data"])
    except (apart.Ended, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValidationError(
            _(
                "Reading this file was given up: it takes too long, or holds what we do not understand."
                " Divide it into several."
            )
        ) from error


def _dated_again(value: Any) -> Any:
    """Dates, moments and times as they were (see `toml_reader.dated`)."""
    if isinstance(value, list):
        return [_dated_again(item) for item in value]
    if not isinstance(value, dict):
        return value
    [(name, text), *others] = value.items() or [("", None)]
    if not others and name in DATED and isinstance(text, str):
        return DATED[name](text)
    return {key: _dated_again(item) for key, item in value.items()}


def write(programme: Programme) -> str:
    """A file of one programme that `read` takes."""
    lines = ["[[funder]]", *_pairs({"key": programme.funder.code, "names": programme.funder.names})]
    lines += ["", "[[programme]]", *_pairs(_programme(programme))]
    for rule in programme.rules.order_by("valid_from", "id"):
        lines += ["", "[[programme.rule]]", *_pairs(_dated(rule) | {"tree": rule.tree})]
    for limit in programme.limits.select_related("service").order_by("id"):
        row = {"kind": limit.kind, "value": limit.value, "service": limit.service and limit.service.code}
        lines += ["", "[[programme.limit]]", *_pairs(row | _dated(limit))]
    for indicator in programme.indicators.prefetch_related("services").order_by("position", "id"):
        lines += ["", "[[programme.indicator]]", *_pairs(_indicator(indicator))]
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
    return row | {"services": [service.code for service in indicator.services.all()], "filter": indicator.where}


def _pairs(row: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {toml(value)}" for key, value in row.items() if value not in (None, "", {})]


def toml(value: Any) -> str:
    """One value in TOML; tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    # What JSON escapes TOML escapes alike, but for the one control character that JSON lets pass.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)
