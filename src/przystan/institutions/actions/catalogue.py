"""Changing the kinds of institutions and of agreements. Nothing is deleted: what has a kind keeps it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save

from ..models import AgreementKind, InstitutionKind
from ..rights import INSTITUTIONS_KINDS

AnyKind = InstitutionKind | AgreementKind


@transaction.atomic
def save_kind(*, by: Actor, kind: AnyKind, changed: Sequence[str]) -> None:
    """Add or rename a kind. ValidationError in words, also where somebody has just added one with this code."""
    by.require(INSTITUTIONS_KINDS)
    save(kind)
    audit.record(by, "institution.kind", kind, changed)


@transaction.atomic
def retire_kind(*, by: Actor, kind: AnyKind, retired: bool) -> None:
    """No longer offer a kind, or offer it again. ValidationError for the last one: nothing could be added any more."""
    by.require(INSTITUTIONS_KINDS)
    rows = type(kind)._default_manager.select_for_update().order_by("pk")
    others = [one for one in rows if one.pk != kind.pk and not one.retired]
    if retired and not others:
        raise ValidationError(_("This is the last kind that is offered. Without it nothing could be added."))
    kind.retired = retired
    save(kind)
    audit.record(by, "institution.kind", kind, ["retired"])
