"""Programmes as readable TOML files: the shape of `funding/data/programmes.toml`."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeGuard

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .enums import Breakdown, Counted, LimitKind
from .loading import plain
from .models import Programme
from .rules import RuleError, parse
from .wording import rule_error

MOST = 1_000_000  # characters
TEXTS = ("key", "name", "agreement", "lead", "complements", "source", "notes")
SHAPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(TEXTS, str),
    **dict.fromkeys(("starts", "ends"), date),
    **dict.fromkeys(("gloss", "target", "offers"), dict),
    **dict.fromkeys(("partners", "territory", "services", "rule", "limit", "indicator"), list),
    **dict.fromkeys(("outside", "demo"), bool),
    "rank": int,
    "funder": str,
}


def read(text: str) -> dict[str, Any]:
    """The data of a file, checked, as `load_programmes` takes it. ValidationError lists every fault."""
    if len(text) > MOST:
        raise ValidationError(_("This file is too long for programmes."))
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValidationError(_("This is not a TOML file: %(detail)s") % {"detail": error}) from error
    faults = list(_faults(data))
    if faults:
        raise ValidationError(faults)
    return data


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    funders, programmes = data.get("funder"), data.get("programme")
    if not _tables(funders) or not _tables(programmes) or not programmes:
        yield _("The file needs [[funder]] and [[programme]].")
        return
    known = {row.get("key") for row in funders}
    for row in funders:
        if not _slug(row.get("key")) or not _names(row.get("names")):
            yield _("Every funder needs a key and names.")
    for at, row in enumerate(programmes, 1):
        yield from (_at(f"programme {at}", fault) for fault in _programme_faults(row, known))


def _programme_faults(row: Mapping[str, Any], funders: set[Any]) -> Iterator[str]:
    for name, value in row.items():
        if name not in SHAPES:
            yield _("“%(name)s” is not known") % {"name": name}
        elif not isinstance(value, SHAPES[name]) or (SHAPES[name] is int and isinstance(value, bool)):
            yield _("“%(name)s” has the wrong shape") % {"name": name}
            return
    if not _slug(row.get("key")) or not row.get("name"):
        yield _("a key and a name are needed")
    if row.get("funder") not in funders:
        yield _("its funder is not in the file")
    for part, check in (("rule", _rule_faults), ("limit", _limit_faults), ("indicator", _indicator_faults)):
        for at, one in enumerate(row.get(part, []), 1):
            faults = check(one) if isinstance(one, dict) else iter([_("a table is needed")])
            yield from (_at(f"{part} {at}", fault) for fault in faults)


def _rule_faults(row: Mapping[str, Any], name: str = "tree") -> Iterator[str]:
    try:
        parse(plain(row.get(name)))
    except RuleError as error:
        yield rule_error(error)


def _limit_faults(row: Mapping[str, Any]) -> Iterator[str]:
    if row.get("kind") not in LimitKind.values:
        yield _("its kind is not known")
    if not isinstance(row.get("value"), int) or isinstance(row.get("value"), bool) or row["value"] < 0:
        yield _("its value must be a whole number")


def _indicator_faults(row: Mapping[str, Any]) -> Iterator[str]:
    if not _slug(row.get("code")) or not _names(row.get("names")):
        yield _("a code and names are needed")
    if row.get("counted") not in Counted.values:
        yield _("what is counted is not known")
    if not set(row.get("breakdowns", [])) <= set(Breakdown.values):
        yield _("a breakdown is not known")
    if row.get("filter"):
        yield from _rule_faults(row, "filter")


def _tables(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _slug(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[-a-zA-Z0-9_]{1,60}", value))


def _names(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(isinstance(name, str) for name in value.values())


def _at(place: str, fault: str) -> str:
    return _("%(place)s: %(fault)s") % {"place": place, "fault": fault}


def write(programme: Programme) -> str:
    """A file of one programme that `read` takes."""
    lines = ["[[funder]]", *_pairs({"key": programme.funder.code, "names": programme.funder.names})]
    lines += ["", "[[programme]]", *_pairs(_programme(programme))]
    for rule in programme.rules.order_by("valid_from", "id"):
        row = {"valid_from": rule.valid_from, "valid_to": rule.valid_to, "source": rule.source, "tree": rule.tree}
        lines += ["", "[[programme.rule]]", *_pairs(row)]
    for limit in programme.limits.select_related("service").order_by("id"):
        row = {"kind": limit.kind, "value": limit.value, "service": limit.service and limit.service.code}
        lines += ["", "[[programme.limit]]", *_pairs(row | {"source": limit.source})]
    for indicator in programme.indicators.prefetch_related("services").order_by("position", "id"):
        lines += ["", "[[programme.indicator]]", *_pairs(_indicator(indicator))]
    return "\n".join(lines) + "\n"


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
