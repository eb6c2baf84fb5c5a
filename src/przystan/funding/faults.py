"""What is wrong with a file of programmes, in sentences that name the place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from przystan.reference.models import Place
from przystan.results.models import ResultKind
from przystan.rules import shapes
from przystan.rules.labels import Labels
from przystan.rules.shapes import Check, Row
from przystan.rules.words import unknown_code
from przystan.support.facts import SERVICE
from przystan.support.models import Service

from .enums import Breakdown, Counted, LimitKind
from .vocabulary import PAYERS


def _target(value: Any) -> bool:
    """For whom, in words, and perhaps the first years of the age bands."""
    return isinstance(value, dict) and all(
        isinstance(one, list) and all(map(shapes.whole(150), one)) if name == "age_bands" else shapes.text(2000)(one)
        for name, one in value.items()
    )


FUNDER: dict[str, Check] = {"key": shapes.slug, "names": shapes.names}
PROGRAMME: dict[str, Check] = {
    "key": shapes.slug,
    "name": shapes.text(250),
    "agreement": shapes.text(60),
    "lead": shapes.text(120),
    "complements": shapes.text(300),
    "source": shapes.text(300),
    "notes": shapes.text(20_000),
    "funder": shapes.text(60),
    "starts": shapes.day,
    "ends": shapes.day,
    "gloss": shapes.each(shapes.text(300)),
    "target": _target,
    "offers": shapes.each(shapes.texts),
    "partners": shapes.texts,
    "territory": shapes.texts,
    "services": shapes.texts,
    "rule": shapes.tables,
    "limit": shapes.tables,
    "indicator": shapes.tables,
    "outside": shapes.flag,
    "demo": shapes.flag,
    "rank": shapes.whole(shapes.SMALL),
}
LIMIT: dict[str, Check] = shapes.DATED | {
    "kind": shapes.text(60),
    "value": shapes.whole(shapes.GREAT),
    "service": shapes.text(60),
}
INDICATOR: dict[str, Check] = {
    "code": shapes.slug,
    "names": shapes.names,
    "counted": shapes.text(60),
    "services": shapes.texts,
    "results": shapes.texts,
    "filter": shapes.anything,
    "breakdowns": shapes.texts,
    "target": shapes.whole(shapes.GREAT),
    "target_source": shapes.text(300),
}


@dataclass
class _Here:
    """What the centre has, and the file's funders."""

    funders: set[Any]
    services: set[str] = field(default_factory=lambda: set(Service.objects.values_list("code", flat=True)))
    kinds: set[str] = field(default_factory=lambda: set(ResultKind.objects.values_list("code", flat=True)))
    places: set[str] = field(default_factory=lambda: set(Place.objects.values_list("code", flat=True)))
    labels: Labels = field(default_factory=lambda: Labels(PAYERS))


def faults_of(data: Row) -> Iterator[str]:
    """Every fault of a file that TOML could read; none means that `loading.load_programmes` takes it."""
    funders, programmes = data.get("funder"), data.get("programme")
    if not shapes.tables(funders) or not shapes.tables(programmes) or not programmes:
        yield _("The file needs [[funder]] and [[programme]].")
        return
    yield from (shapes.unknown(name) for name in data if name not in ("funder", "programme"))
    if not all(set(row) == set(FUNDER) and not list(shapes.shape(row, FUNDER)) for row in funders):
        yield _("Every funder needs a key and names.")
        return
    here = _Here({row["key"] for row in funders})
    for at, row in enumerate(programmes, 1):
        yield from (shapes.at(f"programme {at}", fault) for fault in _programme(row, here))
    if _repeated(row.get("key") for row in programmes):
        yield _("A programme with this key exists already.")


def _programme(row: Row, here: _Here) -> Iterator[str]:
    if faults := list(shapes.shape(row, PROGRAMME)):
        yield from faults
        return
    if not row.get("key") or not row.get("name"):
        yield _("a key and a name are needed")
    if row.get("funder") not in here.funders:
        yield _("its funder is not in the file")
    yield from shapes.in_order(row.get("starts"), row.get("ends"))
    yield from (shapes.unknown(code) for code in row.get("territory", []) if code not in here.places)
    yield from _missing(row.get("services", []), here.services)
    parts: list[tuple[str, dict[str, Check], Callable[[Row, _Here], Iterator[str]]]]
    parts = [("rule", shapes.RULE, _rule), ("limit", LIMIT, _limit), ("indicator", INDICATOR, _indicator)]
    for part, checks, content in parts:
        for at, one in enumerate(row.get(part, []), 1):
            yield from (
                shapes.at(f"{part} {at}", fault) for fault in list(shapes.shape(one, checks)) or content(one, here)
            )
    yield from _together(row)


def _together(row: Row) -> Iterator[str]:
    """Faults of parts that stand well alone."""
    if _repeated(one.get("code") for one in row.get("indicator", [])):
        yield _("This programme has an indicator with this code already.")
    yield from shapes.dated_rules(row.get("rule", []))


def _rule(row: Row, here: _Here) -> Iterator[str]:
    yield from shapes.in_order(row.get("valid_from"), row.get("valid_to"))
    yield from shapes.tree(row.get("tree"), here.labels)


def _limit(row: Row, here: _Here) -> Iterator[str]:
    yield from shapes.in_order(row.get("valid_from"), row.get("valid_to"))
    if row.get("kind") not in LimitKind.values:
        yield _("its kind is not known")
    if "value" not in row:
        yield _("its value must be a whole number")
    yield from _missing([row["service"]] if row.get("service") else [], here.services)


def _indicator(row: Row, here: _Here) -> Iterator[str]:
    if "code" not in row or "names" not in row:
        yield _("a code and names are needed")
    if row.get("counted") not in Counted.values:
        yield _("what is counted is not known")
    if not set(row.get("breakdowns", [])) <= set(Breakdown.values):
        yield _("a breakdown is not known")
    yield from _missing(row.get("services", []), here.services)
    yield from (shapes.unknown(code) for code in row.get("results", []) if code not in here.kinds)
    yield from _of_its_ledger(row)
    if row.get("filter"):
        yield from shapes.tree(row["filter"], here.labels)


def _of_its_ledger(row: Row) -> Iterator[str]:
    """What belongs to the ledger that is not counted."""
    if row.get("counted") not in Counted.values:
        return
    counted = Counted(row["counted"])
    if row.get("services" if counted.of_results else "results"):
        yield _("supports have services and results have kinds: name those of what is counted")
    if not all(Breakdown(by).fits(counted) for by in row.get("breakdowns", []) if by in Breakdown.values):
        yield _("What is counted cannot be split like this.")


def _missing(codes: list[str], there: set[str]) -> Iterator[str]:
    return (unknown_code(SERVICE, code) for code in codes if code not in there)


def _repeated(values: Iterator[Any]) -> bool:
    found = [value for value in values if shapes.slug(value)]
    return len(found) > len(set(found))
