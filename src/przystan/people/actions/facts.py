"""Facts that are a row with, or without, dates: citizenships, towns, languages, relations."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save
from przystan.reference.models import Dated

from ..policies import require_fact
from .twice import is_there


@transaction.atomic
def keep(*, by: Actor, fact: Any, fields: Iterable[str] = ()) -> None:
    """Save a new or a changed fact; it has a `person`. ValidationError in words when it cannot be so.

    A new one that the person has already, word for word, is not written a second time.
    """
    require_fact(by, fact)
    if not fact.pk and is_there(fact):
        return
    verb = "change" if fact.pk else "add"
    save(fact)
    audit.record(by, f"{fact._meta.model_name}.{verb}", fact.person, fields)


@transaction.atomic
def end(*, by: Actor, fact: Dated, day: date) -> None:
    """Say that a fact was true until this day, the day included. ValidationError where it ended before, or is gone."""
    require_fact(by, fact)
    fact = _as_it_is(fact)
    if fact.valid_to and fact.valid_to <= day:
        raise ValidationError(_("It has ended already."))
    fact.valid_to = day
    save(fact)
    audit.record(by, f"{fact._meta.model_name}.end", fact.person, ["valid_to"])  # type: ignore[attr-defined]


@transaction.atomic
def remove(*, by: Actor, fact: Any) -> None:
    """Take away a fact that was entered by mistake, once. What was true and is over is ended instead."""
    require_fact(by, fact)
    fact = _as_it_is(fact)
    audit.record(by, f"{fact._meta.model_name}.remove", fact.person)
    fact.delete()


def _as_it_is(fact: Any) -> Any:
    """The row now, for one at a time, whatever its page showed."""
    rows = type(fact)._base_manager.select_for_update(of=("self",)).select_related("person")
    if found := rows.filter(pk=fact.pk).first():
        return found
    raise ValidationError(_("It was taken away meanwhile."))
