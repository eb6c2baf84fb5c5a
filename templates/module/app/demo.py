"""Sample in a demo centre."""

from datetime import timedelta

from przystan.access.scene import Scene
from przystan.people.models import Person

from .models import Item

SHOWN = 12


def fill(scene: Scene) -> None:
    """A row about each of the people who came last."""
    people = Person.objects.filter(organisation_id=scene.organisation_id).current().order_by("-id")[:SHOWN]
    for person in people:
        day = scene.today - timedelta(days=scene.rng.randint(0, 60))
        Item.objects.create(person=person, day=day, title="Demo", by=scene.users["adviser"])
