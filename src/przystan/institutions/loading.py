"""Fills kinds from `institutions/data/kinds.toml`, and an organisation's register from the seed that ships."""

from typing import Any

from django.db import transaction

from przystan.reference.shipped import shipped

from .models import AgreementKind, InstitutionKind
from .rules.newcomer import Called, Newcomer, Place


@transaction.atomic
def load_institution_kinds() -> None:
    """Add the kinds that are not there yet; what a centre has changed stays as the centre has it."""
    kinds = shipped("institutions", "kinds")
    for position, row in enumerate(kinds["institution"]):
        values = {name: row[name] for name in ("names", "icon", "stale_after")} | {"position": position}
        InstitutionKind.objects.get_or_create(code=row["code"], defaults=values)
    for position, row in enumerate(kinds["agreement"]):
        AgreementKind.objects.get_or_create(code=row["code"], defaults={"names": row["names"], "position": position})


def shipped_offices() -> list[Newcomer]:
    """The public offices that ship with the product, as `actions.register` takes them."""
    return [_newcomer(row) for row in shipped("institutions", "offices")["office"]]


def _newcomer(row: dict[str, Any]) -> Newcomer:
    names = [Called(one["text"], one.get("kind", "official"), one.get("language", "")) for one in row["names"]]
    return Newcomer(
        kind=row["kind"],
        names=tuple(names),
        places=tuple(Place(town) for town in row.get("places", [])),
        source=row["source"],
        source_on=row["as_of"],
        unsure=row.get("unsure", False),
        shipped=row["code"],
    )
