"""The one door to the audit log."""

from collections.abc import Iterable

from django.db import models

from .actors import Actor
from .models import AuditEntry


def record(by: Actor, action: str, obj: models.Model, fields: Iterable[str] = (), purpose: str = "") -> AuditEntry:
    """Append one row in the transaction of the change: names of fields, never values."""
    row = _row(by, action, obj, fields, purpose)
    row.save(force_insert=True)
    return row


def record_all(by: Actor, action: str, objects: Iterable[models.Model], fields: Iterable[str] = ()) -> None:
    """Like `record`, one row for each object, in one statement."""
    AuditEntry.objects.bulk_create(_row(by, action, obj, fields, "") for obj in objects)


def _row(by: Actor, action: str, obj: models.Model, fields: Iterable[str], purpose: str) -> AuditEntry:
    return AuditEntry(
        actor_id=by.user_id,
        roles=" ".join(sorted(by.roles)),
        organisation_id=by.organisation_id,
        action=action,
        model=obj._meta.label_lower,
        object_ref=str(getattr(obj, "ref", obj.pk)),
        fields=sorted(fields),
        purpose=purpose or by.purpose,
    )
