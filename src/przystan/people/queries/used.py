"""Who is referred to by anything that is not a plain fact about them."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import models

from przystan.access.audit import READ
from przystan.access.models import AuditEntry

from ..models import Merge, Person

# One row in the log is the registration itself; more mean that somebody has worked on the record since.
UNTOUCHED = 1


def used_people(people: Collection[int]) -> set[int]:
    """Those among these ids whom other modules refer to, who were merged, or whom somebody changed since."""
    used: set[int] = set()
    for field in _references():
        rows = field.model._default_manager.filter(**{f"{field.name}__in": people})
        used |= set(rows.values_list(field.attname, flat=True))
    return used | merged(people) | _changed(people)


def _references() -> list[Any]:
    """Foreign keys to a person from rows that do not go away with the person, and from what other modules keep of them:
    that somebody was asked by a link, or that nothing may be erased, is more than what was known when they came."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model is Person and _is_use(model, field.remote_field.on_delete)
    ]


def _is_use(model: Any, on_delete: Any) -> bool:
    elsewhere = model._meta.app_label != Person._meta.app_label
    return on_delete in (models.PROTECT, models.RESTRICT) or (elsewhere and on_delete is not models.SET_NULL)


def merged(people: Collection[int]) -> set[int]:
    """Those who are one side of a merge: it can be walked back only while both are there."""
    pairs = Merge.objects.filter(models.Q(kept__in=people) | models.Q(absorbed__in=people))
    return {side for pair in pairs.values_list("kept", "absorbed") for side in pair}.intersection(people)


def _changed(people: Collection[int]) -> set[int]:
    refs = dict(Person.objects.filter(pk__in=people).values_list("ref", "pk"))
    rows = AuditEntry.objects.filter(model="people.person", object_ref__in=refs).exclude(action=READ)
    often = rows.values_list("object_ref").annotate(times=models.Count("pk")).filter(times__gt=UNTOUCHED).order_by()
    return {refs[ref] for ref, _times in often}
