"""The few facts that are fields of the person: sex, birth, arrival, the centre's reference, the point."""

from collections.abc import Iterable

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor

from ..models import Person
from ..policies import require_write
from .saving import save


@transaction.atomic
def change_identity(*, by: Actor, person: Person, fields: Iterable[str]) -> None:
    """Save changed fields of a person."""
    require_write(by, person)
    save(person)
    audit.record(by, "person.change", person, fields)
