"""Fills kinds from `institutions/data/kinds.toml`, and an organisation's register from the seed that ships."""

from django.db import transaction

from przystan.reference.shipped import shipped

from .models import AgreementKind, InstitutionKind


@transaction.atomic
def load_institution_kinds() -> None:
    """Add the kinds that are not there yet; what a centre has changed stays as the centre has it."""
    kinds = shipped("institutions", "kinds")
    for position, row in enumerate(kinds["institution"]):
        values = {name: row[name] for name in ("names", "icon", "stale_after")} | {"position": position}
        InstitutionKind.objects.get_or_create(code=row["code"], defaults=values)
    for position, row in enumerate(kinds["agreement"]):
        AgreementKind.objects.get_or_create(code=row["code"], defaults={"names": row["names"], "position": position})
