"""A seat in a demo centre, of a lawyer's."""

from przystan.access.scene import Scene
from przystan.people.models import Person

from .models import Leader, Seat


def fill(scene: Scene) -> None:
    """The seat of whoever came last."""
    people = Person.objects.filter(organisation_id=scene.organisation_id, protected=False).current()
    person = people.latest("id")
    seat = Seat.objects.create(organisation_id=scene.organisation_id, point=person.point, person=person, hint="Demo")
    Leader.objects.create(seat=seat, user=scene.users["lawyer"])
