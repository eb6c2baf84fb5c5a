"""Which rows are secret by themselves: only their own team may know that they are there."""

from typing import Any

from przystan.access.modules import holders
from przystan.access.tiers import CLOSED, Tier
from przystan.people.models import Person
from przystan.people.queries.links import Rows, Table, below, foreign_keys, ours


def secret(rows: Rows) -> Rows:
    """Of these rows those of tiers 3 and 4, and what hangs on them; their own `least_tier` says so, declared or not."""
    tiered = _tiered()
    found = {model: _closed(model, keys) for model, keys in rows.items() if model in tiered}
    return below({model: keys for model, keys in found.items() if keys})


def held() -> list[Table]:
    """The models of all holders: what has a tier, and rules of retention, of its own."""
    return [holder.table for holder in holders().values()]


def _tiered() -> set[Table]:
    """Models whose rows say how secret they are; a person is told of to who may know them."""
    return {model for model in ours() if hasattr(model, "least_tier") and model is not Person}


def _closed(model: Table, keys: set[Any]) -> set[Any]:
    people = [field.name for field in foreign_keys(model) if field.related_model is Person]
    rows = model._base_manager.filter(pk__in=keys).select_related(*people).order_by("pk")
    return {row.pk for row in rows if _own_tier(row, people) in CLOSED}


def _own_tier(row: Any, people: list[str]) -> Tier:
    """How secret a row is whoever it is about: what is so only for their protection is told to who knows them."""
    for name in people:
        if person := getattr(row, name):
            person.protected = False  # of this copy in memory, which nobody saves
    tier: Tier = row.least_tier
    return tier
