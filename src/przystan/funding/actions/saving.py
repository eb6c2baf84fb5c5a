"""Small things that the writes of programmes share."""

from django.db import models

from przystan.access.actors import Actor

from ..models import Programme
from .refusals import in_words


def own(by: Actor, programme: Programme) -> None:
    """Raise DoesNotExist unless the programme is of the actor's organisation."""
    if programme.organisation_id != by.organisation_id:
        raise Programme.DoesNotExist


def changed(row: models.Model) -> list[str]:
    """Names of the columns in which a row differs from the database; all of them for a new one."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    before = type(row)._default_manager.filter(pk=row.pk).values(*names).first() if row.pk else None
    return names if before is None else [name for name in names if before[name] != getattr(row, name)]


def save(row: models.Model) -> list[str]:
    """Check and save; returns the names of the changed columns."""
    names = changed(row)
    row.full_clean(validate_constraints=True)
    with in_words():
        row.save()
    return names
