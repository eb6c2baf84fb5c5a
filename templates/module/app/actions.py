"""Writing sample. Each action leaves its audit row in the same transaction."""

from datetime import date

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save
from przystan.people.models import Person
from przystan.people.policies import require_write

from .models import Item
from .rights import SAMPLE_WRITE


@transaction.atomic
def add_item(*, by: Actor, person: Person, day: date, title: str) -> Item:
    """Write one row down. ValidationError in words, Forbidden for who may not change what is known of the person."""
    by.require(SAMPLE_WRITE)
    require_write(by, person)
    item = Item(person=person, day=day, title=title, by_id=by.user_id)
    save(item)
    audit.record(by, "sample.note", item, ["day", "title"])
    return item
