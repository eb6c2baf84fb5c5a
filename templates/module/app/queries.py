"""Reading sample, for whoever asks."""

from django.db.models import QuerySet

from przystan.access.actors import Actor
from przystan.people.models import Person

from .models import Item
from .rights import SAMPLE_READ


def items(actor: Actor) -> QuerySet[Item]:
    """All rows that the actor may see, newest first, with their people."""
    actor.require(SAMPLE_READ)
    return Item.objects.seen_by(actor).select_related("person").prefetch_related("person__names")


def items_of(actor: Actor, person: Person) -> QuerySet[Item]:
    """Those of one person; none for who may not open the person's page."""
    return items(actor).filter(person=person)
