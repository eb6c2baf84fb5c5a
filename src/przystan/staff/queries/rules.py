"""The rules of the gate as they hold for one organisation."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from ..models import AgreementRule, ProofRule

Row = TypeVar("Row", ProofRule, AgreementRule)
DAY = timedelta(days=1)


def rules_of(model: type[Row], organisation_id: int | None) -> list[Row]:
    """What holds for an organisation on any day, by kind and first day: on each day one row for each that shipped.

    `valid_to` is the last day on which it does, the one before its successor's first. They are copies to read, never
    to save. One statement.
    """
    rows = list(model.objects.of(organisation_id).select_related("kind", "asked_by", "confirmed_by"))
    return sorted(_ended(rows), key=lambda row: (row.kind.position, row.kind_id, _first(row), row.pk))


def rules_on(model: type[Row], organisation_id: int | None, day: date) -> list[Row]:
    """Those of them that hold on a day."""
    return [rule for rule in rules_of(model, organisation_id) if rule.holds_on(day)]


def _ended(rows: list[Row]) -> Iterator[Row]:
    before = {row.pk: row.replaces_id for row in rows}
    places: dict[int, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_first):
        places[_shipped(row.pk, before)].append(copy(row))
    for ours in places.values():
        for row, successor in pairwise(ours):
            row.valid_to = _first(successor) - DAY
        yield from ours


def _shipped(pk: int, before: Mapping[int, int | None]) -> int:
    """The row that shipped, in whose place this one stands."""
    one = before[pk]
    return pk if one is None else _shipped(one, before)


def _first(row: ProofRule | AgreementRule) -> date:
    return row.valid_from or date.min
