"""What can stand on a confirmation."""

from przystan.access.actors import Actor
from przystan.people.models import Person

from ..models import Service
from ..models.ledger import SupportQuerySet
from .ledger import of_person


def confirmable(actor: Actor, person: Person) -> SupportQuerySet:
    """What a person received and what counts, the oldest first, with services."""
    return of_person(actor, person).standing().select_related("service").order_by("day", "id")


def services_given(actor: Actor, person: Person) -> list[Service]:
    """Services of all that, in the order of the catalogue."""
    given = confirmable(actor, person).order_by().values("service_id")
    return list(Service.objects.filter(pk__in=given).select_related("line"))
