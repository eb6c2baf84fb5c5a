"""Saving with the database's refusals put into words."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _


def save(row: models.Model, *, only: Collection[str] | None = None) -> None:
    """Check and save a row, or `only` these fields of it. ValidationError in words, never IntegrityError, also when a
    colleague was quicker."""
    row.full_clean(exclude=_left_empty(row))
    try:
        with transaction.atomic():
            row.save(update_fields=only)
    except IntegrityError as error:
        raise ValidationError(
            _("This was changed by someone else at the same moment. Look again and repeat.")
        ) from error


def _left_empty(row: models.Model) -> set[str]:
    """Columns that may be NULL though no form may leave them empty: who did it, when the system did."""
    fields = row._meta.concrete_fields
    return {field.name for field in fields if field.null and not field.blank and getattr(row, field.attname) is None}
