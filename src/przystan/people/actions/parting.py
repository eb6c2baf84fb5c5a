"""What rows about people point to, and what becomes of it when these people are erased or protected.

Called before their rows are taken away: afterwards nothing tells what they pointed to.
"""

from typing import Any, Protocol

from przystan.access.actors import Actor
from przystan.access.tiers import function_of

from ..queries.links import Rows, Table, foreign_keys, privacy_of


class Parted(Protocol):
    """What a model names as `Privacy.parted`: `keys` of its rows to which rows about somebody point."""

    def __call__(self, *, by: Actor, keys: set[Any]) -> None: ...


def part(*, by: Actor, rows: Rows) -> list[Table]:
    """Do with all that these rows point to what its model declares; returns the models that were written."""
    pointed = _pointed(rows)
    for model, keys in pointed.items():
        parted: Parted | None = function_of(privacy_of(model), "parted")
        assert parted
        parted(by=by, keys=keys)
    return list(pointed)


def _pointed(rows: Rows) -> Rows:
    found: Rows = {}
    for model, keys in rows.items():
        for field in foreign_keys(model):
            if getattr(privacy_of(field.related_model), "parted", ""):
                pointed = model._base_manager.filter(pk__in=keys).exclude(**{field.name: None})
                found.setdefault(field.related_model, set()).update(pointed.values_list(field.attname, flat=True))
    return {model: keys for model, keys in found.items() if keys}
