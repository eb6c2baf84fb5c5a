"""What every model has to say about protecting a person; asked by `manage check` and when the product starts."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db.models import UniqueConstraint

from przystan.access.tiers import PROTECTING, Tier, function_of, tiers_of

from .queries.links import Table, ours, privacy_of


def protecting_is_declared(**_: Any) -> list[CheckMessage]:
    """An error for each model whose `class Privacy` does not say rightly what protecting somebody does to it."""
    return [
        Error(f"{model._meta.label}: {fault}", hint="See PROTECTING in przystan/access/tiers.py.", id="people.E001")
        for model in ours()
        for fault in faults(model)
    ]


def faults(model: Table) -> Iterator[str]:
    """What is wrong with one model's declaration, and where to put it right."""
    privacy = privacy_of(model)
    if getattr(privacy, "parted", "") and not _is_there(privacy, "parted"):
        yield "name in its class Privacy, as `parted`, a function that is there: what becomes of its row"
    how, tiers = getattr(privacy, "protect", None), tiers_of(privacy)
    if how not in PROTECTING:
        yield f"say in its class Privacy what protecting a person does to its rows: protect = one of {list(PROTECTING)}"
        return
    sealed = set(getattr(privacy, "sealed", "").split())
    if bool(sealed) != (how in ("seal", "fields", "named")):
        yield 'name in its class Privacy, as `sealed`, the fields for "seal", "fields" and "named", and only for these'
    if (
        unknown := sealed
        - {field.name for field in model._meta.concrete_fields}
        - {field.attname for field in model._meta.concrete_fields}
    ):
        yield f"`sealed` in its class Privacy names fields that it does not have: {sorted(unknown)}"
    if taken := sorted(sealed & set(_of_all(model))):
        yield f"somebody else may have {taken} when a protection ends: unique for one person, or not at all"
    if how == "own" and not _is_there(privacy, "forget"):
        yield "name in its class Privacy, as `forget`, the function that does it"
    if how == "keep" and max(tiers.values()) > Tier.T0 and not getattr(privacy, "kept", ""):
        yield "say in its class Privacy, as `kept`, why its rows may stay as they are when somebody is protected"


def _of_all(model: Table) -> Iterator[str]:
    """Fields whose values no two people share: what was sealed of one could not come back once another has it."""
    for one in model._meta.constraints:
        if isinstance(one, UniqueConstraint) and "person" not in one.fields:
            yield from one.fields
    yield from (field.name for field in model._meta.concrete_fields if field.unique)


def _is_there(privacy: Any, name: str) -> bool:
    try:
        return function_of(privacy, name) is not None
    except ImportError:
        return False
