"""Fills kinds and rules from `staff/data/kinds.toml`; what is there stays as the centre has it."""

from typing import Any

from django.db import transaction

from przystan.reference.shipped import shipped

from .models import AgreementKind, AgreementRule, ProofKind, ProofRule


@transaction.atomic
def load_paper_kinds() -> None:
    """Add the kinds that are not there yet, each with its rules."""
    kinds = shipped("staff", "kinds")
    for position, row in enumerate(kinds["agreement"]):
        _kind(AgreementKind, AgreementRule, {**row, "position": position})
    for position, row in enumerate(kinds["proof"]):
        _kind(ProofKind, ProofRule, {**row, "position": position})


def _kind(model: Any, rule: Any, row: dict[str, Any]) -> None:
    rules = row.pop("rule", [])
    kind, created = model.objects.get_or_create(code=row.pop("code"), defaults=row)
    if created:
        rule.objects.bulk_create(rule(kind=kind, **one) for one in rules)
