"""Fills what people are told and the rules of retention that modules ship; centres' own rows are never touched."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from przystan.access.modules import declared
from przystan.reference.shipped import shipped

from .models import NoticeText, RetentionRule

TEXTS = ("holding", "counted_from", "source")


@transaction.atomic
def load_notices() -> None:
    """Add the versions of what people are told about their data that are not there yet; one that is there stays."""
    for row in shipped("privacy", "notice")["text"]:
        values = {"bodies": row["bodies"], "valid_from": row.get("valid_from")}
        NoticeText.objects.get_or_create(version=row["version"], defaults=values)


@transaction.atomic
def load_retention() -> None:
    """Add the shipped rules, and bring those that were shipped before up to date."""
    for row in shipped_rules():
        values = {text: row[text] for text in TEXTS}
        values |= {
            "years": row.get("years", 0),
            "months": row.get("months", 0),
            "automatic": row.get("automatic", False),
        }
        values |= {"valid_from": row.get("valid_from"), "valid_to": row.get("valid_to")}
        RetentionRule.objects.update_or_create(code=row["code"], organisation=None, programme=None, defaults=values)


def shipped_rules() -> Iterator[dict[str, Any]]:
    """The rules of all modules, as written in their files."""
    for package in declared():
        yield from shipped(package.rpartition(".")[2], "retention").get("rule", [])
