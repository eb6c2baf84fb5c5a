"""Fills the catalogue from `results/data/catalogue.toml`; what a centre has renamed stays as the centre has it."""

from django.db import transaction

from przystan.reference.shipped import shipped

from .models import ResultKind, Scale


@transaction.atomic
def load_kinds() -> None:
    """Add the scales and kinds of results that are not there yet."""
    catalogue = shipped("results", "catalogue")
    scales = {row["code"]: _scale(row) for row in catalogue["scale"]}
    for position, row in enumerate(catalogue["kind"]):
        defaults = {name: row[name] for name in ("names", "shape", "of", "certain")}
        defaults |= {name: row[name] for name in ("asks_proof", "valid_from", "valid_to") if name in row}
        defaults |= {"scale": scales.get(row.get("scale", "")), "source": row.get("source", ""), "position": position}
        ResultKind.objects.get_or_create(code=row["code"], defaults=defaults)


def _scale(row: dict[str, object]) -> Scale:
    wanted = {"names": row["names"], "levels": row["levels"]}
    return Scale.objects.get_or_create(code=row["code"], defaults=wanted)[0]
