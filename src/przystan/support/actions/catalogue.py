"""Changing the catalogue. Nothing is deleted: what was once offered stays readable."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.ledger.actions import in_words

from ..models import Service, ServiceLine, Topic
from ..rights import CATALOGUE_WRITE

Row = TypeVar("Row", Service, ServiceLine, Topic)
Retirable = TypeVar("Retirable", Service, Topic)


@transaction.atomic
def save_line(*, by: Actor, line: ServiceLine, changed: Sequence[str]) -> ServiceLine:
    """Add or rename a field of work."""
    return _save(by, line, changed)


@transaction.atomic
def save_service(*, by: Actor, service: Service, changed: Sequence[str]) -> Service:
    """Add, rename or move a service."""
    return _save(by, service, changed)


@transaction.atomic
def save_topic(*, by: Actor, topic: Topic, lines: Sequence[ServiceLine], changed: Sequence[str]) -> Topic:
    """Add or rename a topic, and say under which fields of work it is offered."""
    _save(by, topic, changed)
    topic.lines.set(lines)
    return topic


@transaction.atomic
def retire(*, by: Actor, row: Retirable, retired: bool) -> Retirable:
    """No longer offer a service or topic in forms, or offer it again; old entries keep it. ValidationError."""
    if retired and isinstance(row, Service):
        _require_another(row)
    row.retired = retired
    return _save(by, row, ["retired"], only=["retired"])  # its names may be others by now


def _require_another(service: Service) -> None:
    """Whoever retires a service waits for who retires another: one is always offered."""
    every = Service.objects.select_for_update().order_by("pk")
    if not [one for one in every if one.pk != service.pk and not one.retired]:
        raise ValidationError(_("This is the last service that is offered. Without it nobody could log a support."))


def _save(by: Actor, row: Row, changed: Sequence[str], only: Sequence[str] | None = None) -> Row:
    by.require(CATALOGUE_WRITE)
    row.full_clean()
    with in_words():
        row.save(update_fields=only)
    audit.record(by, "catalogue.save", row, changed)
    return row
