"""The one door to the audit log."""

from collections.abc import Iterable

from django.db import models

from .actors import Actor
from .models import AuditEntry


def record(by: Actor, action: str, obj: models.Model, fields: Iterable[str] = (), purpose: str = "") -> AuditEntry:
    """Append one row in the transaction of the change: names of fields, never values."""
    return AuditEntry.objects.create(
        actor_id=by.user_id,
        roles=" ".join(sorted(by.roles)),
        organisation_id=by.organisation_id,
        action=action,
        model=obj._meta.label_lower,
        object_ref=str(getattr(obj, "ref", obj.pk)),
        fields=sorted(fields),
        purpose=purpose or by.purpose,
    )
