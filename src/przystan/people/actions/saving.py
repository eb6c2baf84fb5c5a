"""Saving with the database's refusals put into words."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _


def save(row: models.Model) -> None:
    """Check and save a row. ValidationError in words, never IntegrityError, also when a colleague was quicker."""
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError(
            _("This was changed by someone else at the same moment. Look again and repeat.")
        ) from error
