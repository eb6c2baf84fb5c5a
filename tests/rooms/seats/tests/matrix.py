"""What seats brings to the tests that hold for every module."""

from przystan.seats.models import Leader, Seat

from przystan.people.models import Person
from tests.matrix.addresses import Address

ADDRESSES = [Address("seats:one", "GET POST", "never", kwargs=lambda refs, obj: {"ref": "0" * 12})]


def rows(person: Person) -> None:
    """A row about this person in each table."""
    seat = Seat.objects.create(organisation=person.organisation, point=person.point, person=person, hint="One")
    for member in person.team.order_by("-id")[:1]:
        Leader.objects.create(seat=seat, user=member.user)
