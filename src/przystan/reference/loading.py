"""Fills the reference tables from the shipped files; run again, it brings them up to date and deletes nothing."""

from typing import Any

from django.db import transaction

from .models import CountryGroup, Place, ResidenceTitle
from .shipped import shipped


@transaction.atomic
def load_reference() -> None:
    """Places, country groups and residence titles."""
    _load_places(shipped("reference", "places")["place"])
    _load_groups(shipped("reference", "country_groups")["membership"])
    _load_titles(shipped("reference", "residence_titles")["title"])


def _load_places(rows: list[dict[str, Any]]) -> None:
    """Parents stand before their children in the file, so that paths can be built in one pass."""
    known: dict[str, Place] = {}
    for row in rows:
        parent = known.get(row.get("parent", ""))
        path = [*(parent.path if parent else []), row["code"]]
        known[row["code"]], _ = Place.objects.update_or_create(
            code=row["code"],
            defaults={"name": row["name"], "kind": row["kind"], "parent": parent, "path": path},
        )


def _load_groups(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        CountryGroup.objects.update_or_create(
            group=row["group"],
            country=row["country"],
            valid_from=row.get("valid_from"),
            defaults={"valid_to": row.get("valid_to"), "source": row.get("source", "")},
        )


def _load_titles(rows: list[dict[str, Any]]) -> None:
    for position, row in enumerate(rows):
        ResidenceTitle.objects.update_or_create(
            code=row["code"],
            defaults={
                "names": row["names"],
                "title_class": row["class"],
                "legal_stay": row["legal_stay"],
                "sensitive": row.get("sensitive", False),
                "basis": row.get("basis", ""),
                "proof": row.get("proof", ""),
                "valid_from": row.get("valid_from"),
                "valid_to": row.get("valid_to"),
                "source": row.get("source", ""),
                "position": position,
            },
        )
