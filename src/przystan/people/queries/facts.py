"""One fact of a person in a URL: by a key that tells neither its number nor how many there are."""

from typing import Any, TypeVar

from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

from przystan.access.actors import Actor

from ..models import Person, Relation

Fact = TypeVar("Fact", bound=models.Model)


def fact_key(fact: models.Model) -> str:
    """12 characters that stand for this row in addresses."""
    return salted_hmac("people.fact", f"{fact._meta.label_lower}:{fact.pk}").hexdigest()[:12]


def fact_of(actor: Actor, person: Person, model: type[Fact], key: str) -> Fact:
    """The person's row of this model with this key. `model.DoesNotExist` when there is none, or it names somebody
    whom the actor must not know of.
    """
    rows: Any = model._default_manager.filter(person=person)
    if model is Relation:
        rows = rows.filter(other__in=Person.objects.seen_by(actor).values("pk"))
    for fact in rows:
        if constant_time_compare(fact_key(fact), key):
            found: Fact = fact
            found.person = person  # type: ignore[attr-defined]
            return found
    raise model.DoesNotExist  # type: ignore[attr-defined]
