"""The one door to the audit log."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models

from .actors import Actor
from .models import AuditEntry

_gathered: ContextVar[list[AuditEntry] | None] = ContextVar("audit_gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Writes the rows of several actions in one statement at the end: open it inside the actions' transaction."""
    rows: list[AuditEntry] = []
    token = _gathered.set(rows)
    try:
        yield
    finally:
        _gathered.reset(token)
    AuditEntry.objects.bulk_create(rows)


def record(by: Actor, action: str, obj: models.Model, fields: Iterable[str] = (), purpose: str = "") -> AuditEntry:
    """Append one row in the transaction of the change: names of fields, never values."""
    row = _row(by, action, obj, fields, purpose)
    _append([row])
    return row


def record_all(by: Actor, action: str, objects: Iterable[models.Model], fields: Iterable[str] = ()) -> None:
    """Like `record`, one row for each object, in one statement."""
    _append([_row(by, action, obj, fields, "") for obj in objects])


def _append(rows: list[AuditEntry]) -> None:
    gathered = _gathered.get()
    if gathered is None:
        AuditEntry.objects.bulk_create(rows, batch_size=5000)
    else:
        gathered.extend(rows)


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
