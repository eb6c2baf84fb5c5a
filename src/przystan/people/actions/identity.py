"""The few facts that are fields of the person: sex, birth, arrival, the centre's reference, the point."""

from collections.abc import Iterable

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.saving import save

from ..models import Person
from ..policies import lasting, require_write


@transaction.atomic
def change_identity(*, by: Actor, person: Person, fields: Iterable[str]) -> None:
    """Save changed fields of a person. Who has only an emergency look moves nobody to another point: Forbidden."""
    require_write(by, person)
    if "point" in fields and not lasting(by, Person.objects.get(pk=person.pk)):
        raise Forbidden("person.point")
    save(person)
    audit.record(by, "person.change", person, fields)
