"""Taking back institutions that were added by a file, where nobody has used them since."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import models, transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.audit import READ
from przystan.access.models import AuditEntry

from ..models import Institution, InstitutionMerge
from ..rights import INSTITUTIONS_WRITE

UNTOUCHED = 1  # one row in the log is the registration itself; more mean that somebody has worked on it since


@transaction.atomic
def remove_unused(*, by: Actor, institutions: Collection[int]) -> set[int]:
    """Delete those among these ids that nothing refers to and nobody has changed; returns those that stay."""
    by.require(INSTITUTIONS_WRITE)
    ours = Institution.objects.seen_by(by).filter(pk__in=institutions)
    staying = _used({one.pk for one in ours})
    gone = list(ours.exclude(pk__in=staying))
    audit.record_all(by, "institution.remove", gone)
    ours.exclude(pk__in=staying).delete()
    return staying


def _used(institutions: Collection[int]) -> set[int]:
    used: set[int] = set()
    for field in _references():
        rows = field.model._base_manager.filter(**{f"{field.name}__in": institutions})
        used |= set(rows.values_list(field.attname, flat=True))
    for side in ("kept", "absorbed"):
        merges = InstitutionMerge.objects.filter(**{f"{side}__in": institutions})
        used |= set(merges.values_list(side, flat=True))
    return used | _changed(institutions)


def _references() -> list[Any]:
    """Foreign keys to an institution from rows that do not go away with it."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.remote_field
        and field.remote_field.model is Institution
        and field.remote_field.on_delete in (models.PROTECT, models.RESTRICT)
    ]


def _changed(institutions: Collection[int]) -> set[int]:
    refs = dict(Institution.objects.filter(pk__in=institutions).values_list("ref", "pk"))
    rows = AuditEntry.objects.filter(model="institutions.institution", object_ref__in=refs).exclude(action=READ)
    often = rows.values_list("object_ref").annotate(times=models.Count("pk")).filter(times__gt=UNTOUCHED).order_by()
    return {refs[ref] for ref, _times in often}
