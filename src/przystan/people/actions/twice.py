"""Whether what is to be written is there already."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from ..models import Person

UNSAID = {"person", "position", "confirmed_on", "script", "folded", "keys", "digits"}  # written beside what people say


def is_there(fact: Any) -> bool:
    """Whether the person has a row that says the same already: the form was sent twice, or again after Back."""
    list(Person.objects.select_for_update().filter(pk=fact.person_id).values("pk"))
    fields = [field.name for field in fact._meta.concrete_fields if field.editable and not field.primary_key]
    names = [name for name in fields if name not in UNSAID]
    rows = type(fact)._base_manager.filter(person=fact.person_id)
    return any(_said(row, names) == _said(fact, names) for row in rows)


def _said(row: models.Model, names: Iterable[str]) -> list[str]:
    return [str(getattr(row, row._meta.get_field(name).attname)) for name in names]  # type: ignore[union-attr]
