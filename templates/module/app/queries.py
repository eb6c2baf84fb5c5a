"""Reading sample, for whoever asks."""

from django.db.models import QuerySet
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.fields import ahead
from przystan.people.models import Person
from przystan.people.policies import sensitive

from .models import Item
from .rights import SAMPLE_READ


def items(actor: Actor) -> QuerySet[Item]:
    """All rows that the actor may see, newest first, with their people."""
    actor.require(SAMPLE_READ)
    return Item.objects.seen_by(actor).select_related("person").prefetch_related("person__names")


def item(actor: Actor, ref: str) -> Item:
    """One of them. Item.DoesNotExist for what is not there, or not for this actor."""
    return items(actor).get(ref=ref)


def items_of(actor: Actor, person: Person) -> QuerySet[Item]:
    """Those of one person; none for who may not open the person's page."""
    return items(actor).filter(person=person)


def waiting(actor: Actor) -> QuerySet[Item]:
    """What is to be done today or should have been."""
    return items(actor).filter(done_on=None, day__lte=timezone.localdate())


def reasons(actor: Actor, person: Person, rows: list[Item]) -> dict[int, str]:
    """Primary key -> reason, of those of the person's rows that have one.

    Tier 2: none for who neither works with the person nor leads the point. Whoever reads leaves a row in the audit log.
    """
    if not sensitive(actor, person).allowed:
        return {}
    ahead(rows, "reason")
    found = {row.pk: row.reason for row in rows if row.reason}
    if found:
        audit.read(actor, person, ["reason"])
    return found
