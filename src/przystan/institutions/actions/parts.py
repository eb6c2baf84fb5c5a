"""What hangs on an institution: names, numbers, addresses, hours, people to ask for, agreements."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save

from ..models import Agreement, Contact, Institution, InstitutionName, InstitutionNumber, Opening
from .holding import held
from .names import rename, spell
from .numbers import checked


@transaction.atomic
def keep(*, by: Actor, row: Any) -> None:
    """Save a new or a changed row that has an `institution`. ValidationError in words when it cannot be so."""
    held(by, row.institution)
    match row:
        case InstitutionName():
            spell(row)
        case InstitutionNumber():
            checked(row)
    save(row)
    _told(by, row)


@transaction.atomic
def end(*, by: Actor, row: Contact | Agreement, day: date) -> None:
    """Say that somebody was there, or something was agreed, until this day, the day included."""
    held(by, row.institution)
    if row.valid_to and row.valid_to <= day:
        raise ValidationError(_("It has ended already."))
    row.valid_to = day
    save(row, only=["valid_to"])
    _told(by, row)


@transaction.atomic
def remove(*, by: Actor, row: Any) -> None:
    """Take away a row that was entered by mistake. The last name stays."""
    held(by, row.institution)
    if isinstance(row, InstitutionName) and not row.institution.names.exclude(pk=row.pk).exists():
        raise ValidationError(_("An institution keeps at least one name. Change this one instead."))
    row.delete()
    _told(by, row)


@transaction.atomic
def save_hours(*, by: Actor, institution: Institution, rows: Iterable[dict[str, Any]]) -> None:
    """Replace the opening hours by these rows (weekday, opens, closes, note)."""
    held(by, institution)
    institution.hours.all().delete()
    for row in rows:
        save(Opening(institution=institution, **row))
    audit.record(by, "institution.change", institution, ["hours"])


def _told(by: Actor, row: Any) -> None:
    if isinstance(row, InstitutionName):
        rename(row.institution)
    audit.record(
        by, "institution.change", row.institution, [row._meta.get_field("institution").remote_field.related_name]
    )
