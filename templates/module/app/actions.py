"""Writing sample. Each action leaves its audit row in the same transaction."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save
from przystan.people.models import Person
from przystan.people.policies import require_sensitive, require_write

from .models import Item
from .rights import SAMPLE_WRITE


@transaction.atomic
def add_item(*, by: Actor, person: Person, day: date, title: str, reason: str = "") -> Item:
    """Write one row down. ValidationError in words, Forbidden for who may not change what is known of the person.

    A reason is given only by who works with the person or leads the point; Forbidden for others.
    """
    by.require(SAMPLE_WRITE)
    require_write(by, person)
    if reason:
        require_sensitive(by, person)
    item = Item(person=person, day=day, title=title, reason=reason, by_id=by.user_id)
    save(item)
    audit.record(by, "sample.note", item, ["day", "title", *(["reason"] if reason else [])])
    return item


@transaction.atomic
def finish_item(*, by: Actor, item: Item) -> None:
    """Say that it is done, today; ValidationError when it was done before."""
    item = _held(by, item)
    if item.done_on:
        raise ValidationError(_("This was done already."))
    item.done_on = timezone.localdate()
    save(item, only=["done_on"])
    audit.record(by, "sample.finish", item, ["done_on"])


@transaction.atomic
def remove_item(*, by: Actor, item: Item) -> None:
    """Take out for good what was written down by mistake; ValidationError for what is done."""
    item = _held(by, item)
    if item.done_on:
        raise ValidationError(_("What is done stays."))
    audit.record(by, "sample.remove", item)
    item.delete()


def _held(by: Actor, item: Item) -> Item:
    """The row as it is now, held until the transaction ends, for who may change it."""
    by.require(SAMPLE_WRITE)
    require_write(by, item.person)
    return Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
