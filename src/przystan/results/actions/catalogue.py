"""Changing the catalogue of what can come of support. Nothing is deleted: what was noted stays readable."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.ledger.actions import in_words

from ..models import ResultKind, Scale
from ..rights import RESULTS_KINDS

Row = TypeVar("Row", ResultKind, Scale)
LASTING = ("code", "shape", "of", "scale_id")


@transaction.atomic
def save_kind(*, by: Actor, kind: ResultKind, changed: Sequence[str]) -> ResultKind:
    """Add a kind of result, or change its names, days, proof and source.

    What was noted rests on its shape, scale and of whom it is: they stay. ValidationError.
    """
    before = ResultKind.objects.filter(pk=kind.pk).first() if kind.pk else None
    if before and any(getattr(before, name) != getattr(kind, name) for name in LASTING):
        raise ValidationError(_("Results rest on what this kind says. Add another kind, and no longer use this one."))
    return _save(by, kind, changed)


@transaction.atomic
def save_scale(*, by: Actor, scale: Scale, changed: Sequence[str]) -> Scale:
    """Add a scale, rename it, or add levels to it: those that are there stay, in their order. ValidationError."""
    before = Scale.objects.select_for_update().filter(pk=scale.pk).first() if scale.pk else None
    if not scale.levels or len(set(scale.levels)) != len(scale.levels):
        raise ValidationError({"levels": _("Write each level once, the lowest first.")})
    if before and [level for level in scale.levels if level in before.levels] != before.levels:
        raise ValidationError({"levels": _("Results rest on the levels that are there. Only add to them.")})
    return _save(by, scale, changed)


@transaction.atomic
def retire(*, by: Actor, kind: ResultKind, retired: bool) -> ResultKind:
    """No longer offer a kind in forms, or offer it again; results keep it."""
    kind.retired = retired
    return _save(by, kind, ["retired"], only=["retired"])  # its names may be others by now


def _save(by: Actor, row: Row, changed: Sequence[str], only: Sequence[str] | None = None) -> Row:
    by.require(RESULTS_KINDS)
    row.full_clean()
    with in_words():
        row.save(update_fields=only)
    audit.record(by, "result.kinds", row, changed)
    return row
