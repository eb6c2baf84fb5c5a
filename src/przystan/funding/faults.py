"""What is wrong with a file of programmes, in sentences that name the place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, TypeGuard

from django.conf import settings
from django.utils.translation import gettext as _

from przystan.reference.models import Place
from przystan.support.models import Service

from .enums import Breakdown, Counted, LimitKind
from .loading import plain
from .queries.labels import Labels, unknown_codes
from .rules import RuleError, parse
from .wording import rule_error, unknown_code

Check = Callable[[Any], bool]
Row = Mapping[str, Any]
SMALL, GREAT = 32_767, 2_147_483_647  # the greatest numbers that their columns hold


def _text(most: int) -> Check:
    return lambda value: isinstance(value, str) and len(value) <= most and "\x00" not in value


def _whole(most: int) -> Check:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _day(value: Any) -> bool:
    return type(value) is date  # a moment is no day


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _slug(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[-a-zA-Z0-9_]{1,60}", value))


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text(1000), value))


def _each(check: Check) -> Check:
    """A text, or the like, for each language."""
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


def _names(value: Any) -> bool:
    """At least one in a language of ours."""
    return _each(_text(200))(value) and any(value.get(code) for code, _name in settings.LANGUAGES)


def _target(value: Any) -> bool:
    """For whom, in words, and perhaps the first years of the age bands."""
    return isinstance(value, dict) and all(
        isinstance(one, list) and all(map(_whole(150), one)) if name == "age_bands" else _text(2000)(one)
        for name, one in value.items()
    )


def _tables(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _any(value: Any) -> bool:
    return True


FUNDER: dict[str, Check] = {"key": _slug, "names": _names}
PROGRAMME: dict[str, Check] = {
    "key": _slug,
    "name": _text(250),
    "agreement": _text(60),
    "lead": _text(120),
    "complements": _text(300),
    "source": _text(300),
    "notes": _text(20_000),
    "funder": _text(60),
    "starts": _day,
    "ends": _day,
    "gloss": _each(_text(300)),
    "target": _target,
    "offers": _each(_texts),
    "partners": _texts,
    "territory": _texts,
    "services": _texts,
    "rule": _tables,
    "limit": _tables,
    "indicator": _tables,
    "outside": _flag,
    "demo": _flag,
    "rank": _whole(SMALL),
}
DATED: dict[str, Check] = {"valid_from": _day, "valid_to": _day, "source": _text(300)}
RULE: dict[str, Check] = DATED | {"tree": _any}
LIMIT: dict[str, Check] = DATED | {"kind": _text(60), "value": _whole(GREAT), "service": _text(60)}
INDICATOR: dict[str, Check] = {
    "code": _slug,
    "names": _names,
    "counted": _text(60),
    "services": _texts,
    "filter": _any,
    "breakdowns": _texts,
    "target": _whole(GREAT),
    "target_source": _text(300),
}


@dataclass
class _Here:
    """What the centre has, and the file's funders."""

    funders: set[Any]
    services: set[str] = field(default_factory=lambda: set(Service.objects.values_list("code", flat=True)))
    places: set[str] = field(default_factory=lambda: set(Place.objects.values_list("code", flat=True)))
    labels: Labels = field(default_factory=Labels)


def faults_of(data: Row) -> Iterator[str]:
    """Every fault of a file that TOML could read; none means that `loading.load_programmes` takes it."""
    funders, programmes = data.get("funder"), data.get("programme")
    if not _tables(funders) or not _tables(programmes) or not programmes:
        yield _("The file needs [[funder]] and [[programme]].")
        return
    yield from (_unknown(name) for name in data if name not in ("funder", "programme"))
    if not all(set(row) == set(FUNDER) and not list(_shape(row, FUNDER)) for row in funders):
        yield _("Every funder needs a key and names.")
        return
    here = _Here({row["key"] for row in funders})
    for at, row in enumerate(programmes, 1):
        yield from (_at(f"programme {at}", fault) for fault in _programme(row, here))
    if _repeated(row.get("key") for row in programmes):
        yield _("A programme with this key exists already.")


def _shape(row: Row, checks: dict[str, Check]) -> Iterator[str]:
    for name, value in row.items():
        if name not in checks:
            yield _unknown(name)
        elif not checks[name](value):
            yield _("“%(name)s” has the wrong shape") % {"name": name}


def _programme(row: Row, here: _Here) -> Iterator[str]:
    if faults := list(_shape(row, PROGRAMME)):
        yield from faults
        return
    if not row.get("key") or not row.get("name"):
        yield _("a key and a name are needed")
    if row.get("funder") not in here.funders:
        yield _("its funder is not in the file")
    if _backwards(row.get("starts"), row.get("ends")):
        yield _("The first day must not be after the last.")
    yield from (_unknown(code) for code in row.get("territory", []) if code not in here.places)
    yield from _missing("service", row.get("services", []), here.services)
    parts: list[tuple[str, dict[str, Check], Callable[[Row, _Here], Iterator[str]]]]
    parts = [("rule", RULE, _rule), ("limit", LIMIT, _limit), ("indicator", INDICATOR, _indicator)]
    for part, checks, content in parts:
        for at, one in enumerate(row.get(part, []), 1):
            yield from (_at(f"{part} {at}", fault) for fault in list(_shape(one, checks)) or content(one, here))
    yield from _together(row)


def _together(row: Row) -> Iterator[str]:
    """Faults of parts that stand well alone."""
    if _repeated(one.get("code") for one in row.get("indicator", [])):
        yield _("This programme has an indicator with this code already.")
    days = [(one.get("valid_from"), one.get("valid_to")) for one in row.get("rule", [])]
    if all(first is None or _day(first) for first, _ in days) and _overlap(days):
        yield _("Another rule is in force on some of these days.")


def _overlap(days: list[tuple[Any, Any]]) -> bool:
    spans = sorted((first or date.min, last or date.max) for first, last in days)
    return any(following <= last for (_, last), (following, _end) in pairwise(spans))


def _rule(row: Row, here: _Here) -> Iterator[str]:
    if _backwards(row.get("valid_from"), row.get("valid_to")):
        yield _("The first day must not be after the last.")
    yield from _tree(row.get("tree"), here)


def _tree(tree: Any, here: _Here) -> Iterator[str]:
    try:
        rule = parse(plain(tree))
    except RuleError as error:
        yield rule_error(error)
    else:
        yield from (unknown_code(fact, code) for fact, code in unknown_codes(rule, here.labels))


def _limit(row: Row, here: _Here) -> Iterator[str]:
    if _backwards(row.get("valid_from"), row.get("valid_to")):
        yield _("The first day must not be after the last.")
    if row.get("kind") not in LimitKind.values:
        yield _("its kind is not known")
    if "value" not in row:
        yield _("its value must be a whole number")
    yield from _missing("service", [row["service"]] if row.get("service") else [], here.services)


def _indicator(row: Row, here: _Here) -> Iterator[str]:
    if "code" not in row or "names" not in row:
        yield _("a code and names are needed")
    if row.get("counted") not in Counted.values:
        yield _("what is counted is not known")
    if not set(row.get("breakdowns", [])) <= set(Breakdown.values):
        yield _("a breakdown is not known")
    yield from _missing("service", row.get("services", []), here.services)
    if row.get("filter"):
        yield from _tree(row["filter"], here)


def _missing(fact: str, codes: list[str], there: set[str]) -> Iterator[str]:
    return (unknown_code(fact, code) for code in codes if code not in there)


def _backwards(first: Any, last: Any) -> bool:
    return bool(first and last and first > last)


def _repeated(values: Iterator[Any]) -> bool:
    found = [value for value in values if _slug(value)]
    return len(found) > len(set(found))


def _unknown(name: str) -> str:
    return _("“%(name)s” is not known") % {"name": name}


def _at(place: str, fault: str) -> str:
    return _("%(place)s: %(fault)s") % {"place": place, "fault": fault}
