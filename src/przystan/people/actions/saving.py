"""Saving with the database's refusals put into words."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from ..models import Person

UNSAID = {"person", "position", "confirmed_on", "script", "folded", "keys", "digits"}  # written beside what people say


def save(row: models.Model) -> None:
    """Check and save a row. ValidationError in words, never IntegrityError, also when a colleague was quicker."""
    row.full_clean(exclude=_left_empty(row))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError(
            _("This was changed by someone else at the same moment. Look again and repeat.")
        ) from error


def is_there(fact: Any) -> bool:
    """Whether the person has a row that says the same already: the form was sent twice, or again after Back."""
    list(Person.objects.select_for_update().filter(pk=fact.person_id).values("pk"))
    fields = [field.name for field in fact._meta.concrete_fields if field.editable and not field.primary_key]
    names = [name for name in fields if name not in UNSAID]
    rows = type(fact)._base_manager.filter(person=fact.person_id)
    return any(_said(row, names) == _said(fact, names) for row in rows)


def _said(row: models.Model, names: Iterable[str]) -> list[str]:
    return [str(getattr(row, row._meta.get_field(name).attname)) for name in names]  # type: ignore[union-attr]


def _left_empty(row: models.Model) -> set[str]:
    """Columns that may be NULL though no form may leave them empty: who did it, when the system did."""
    fields = row._meta.concrete_fields
    return {field.name for field in fields if field.null and not field.blank and getattr(row, field.attname) is None}
