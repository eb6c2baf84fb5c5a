"""Who may do what to a person."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from przystan.access.actors import Actor, Forbidden
from przystan.access.rights import Right

if TYPE_CHECKING:
    from .models import Person


def require_write(actor: Actor, *people: "Person") -> None:
    """Raise Forbidden unless the actor may change every one of them; ValidationError while one is restricted."""
    actor.require(Right.PEOPLE_WRITE)
    _require_own(actor, people)
    _require_used(actor, people)


def require_merge(actor: Actor, *people: "Person") -> None:
    """Raise Forbidden unless the actor may decide that these records are one person, or are not."""
    actor.require(Right.PEOPLE_MERGE)
    _require_own(actor, people)


def _require_used(actor: Actor, people: "tuple[Person, ...]") -> None:
    """GDPR Art. 18: what is restricted is kept and not used, except to answer the person."""
    if any(person.restricted_on for person in people) and not actor.can(Right.PEOPLE_ANSWER):
        raise ValidationError(_("The data of this person may only be kept now, not changed. Ask your coordinator."))


def _require_own(actor: Actor, people: "tuple[Person, ...]") -> None:
    if any(person.organisation_id != actor.organisation_id for person in people):
        raise Forbidden("a person of another organisation")
