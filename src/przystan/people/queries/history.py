"""The timeline of what was known of a person before somebody corrected it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.fields import SealedTextField
from przystan.reference.cldr import country_name, language_name

from ..models import FactBefore, Person
from ..policies import sensitive

SPOKEN = {"country": country_name, "language": language_name}


@dataclass(frozen=True)
class Change:
    """One change: of what, who and when, and what it said before as (label, words)."""

    what: str
    gone: bool
    at: datetime
    by: str
    said: list[tuple[str, str]]


def history_of(actor: Actor, person: Person) -> QuerySet[FactBefore]:
    """Changes of a person's facts, newest first; `told` puts them into words. Forbidden unless what is sensitive of
    the person is for the actor to see."""
    if not sensitive(actor, person).allowed:
        raise Forbidden("people.history")
    audit.read(actor, person, ["earlier_facts"])
    return FactBefore.objects.filter(person=person).select_related("by").order_by("-id")


def told(rows: Sequence[FactBefore]) -> list[Change]:
    """The same changes in words, in the language of the page."""
    return [_change(row) for row in rows]


def _change(row: FactBefore) -> Change:
    model = _models()[row.table]
    pairs = [(_label(model, column), _words(model, column, value)) for column, value in row.before.items()]
    said = [(label, words) for label, words in pairs if label and words]
    return Change(str(model._meta.verbose_name), row.gone, row.at, row.by.full_name if row.by else "", said)


def _models() -> dict[str, Any]:
    return {model._meta.db_table: model for model in apps.get_app_config("people").get_models()}


def _field(model: Any, column: str) -> Any:
    return next((field for field in model._meta.concrete_fields if field.column == column), None)


def _label(model: Any, column: str) -> str:
    """What people call the field; "" for what is made by the machine."""
    field = _field(model, column)
    named = field is not None and (field.is_relation or field.verbose_name != field.name.replace("_", " "))
    return str(field.verbose_name) if named else ""


def _words(model: Any, column: str, value: Any) -> str:
    """An old value in words; "" for one that was empty."""
    field = _field(model, column)
    if value in (None, "", "\\x"):
        return ""
    if isinstance(field, SealedTextField):
        return _("a sealed text")
    if field.is_relation:
        found = field.related_model._base_manager.filter(pk=value).first()
        return str(found) if found else ""
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if speak := SPOKEN.get(field.name):
        return str(speak(value))
    return str(dict(field.flatchoices).get(value, value))
