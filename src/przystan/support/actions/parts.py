"""People and topics of an entry that is amended: only what differs is written, so that history tells what changed."""

from dataclasses import replace
from typing import Any

from django.contrib.postgres.functions import TransactionNow

from przystan.access.actors import Actor

from ..models import EntryBefore, Support, SupportTopic
from ..queries.checks import Known
from ..rules import Entry
from .writing import write_parts


def rewrite_parts(by: Actor, support: Support, entry: Entry, known: Known) -> None:
    """Make people and topics of the support those of the entry."""
    homes = {one.person.pk: one.household_id for one in (known.people[ref, entry.day] for ref in entry.people)}
    minutes = {effort.topic_id: effort.minutes for effort in entry.efforts}
    people, topics = support.recipients.all(), SupportTopic.objects.filter(support=support)
    there = _settle(people, "person_id", "household_id", homes)
    measured = _settle(topics, "topic_id", "minutes", minutes)
    fresh = replace(
        entry,
        people=tuple(ref for ref in entry.people if known.people[ref, entry.day].person.pk not in there),
        efforts=tuple(effort for effort in entry.efforts if effort.topic_id not in measured),
    )
    if fresh.people or fresh.efforts:
        write_parts(support, fresh, known)
        _added(by, support, [*people.exclude(person_id__in=there), *topics.exclude(topic_id__in=measured)])


def _settle(rows: Any, key: str, value: str, wanted: dict[int, Any]) -> set[int]:
    """Delete rows that are not wanted, change those that say something else; returns keys of those that stay."""
    there = {getattr(row, key): row for row in rows}
    if gone := [row.pk for name, row in there.items() if name not in wanted]:
        rows.filter(pk__in=gone).delete()
    for name in there.keys() & wanted.keys():
        if getattr(there[name], value) != wanted[name]:
            rows.filter(pk=there[name].pk).update(**{value: wanted[name]})
    return there.keys() & wanted.keys()


def _added(by: Actor, support: Support, rows: list[Any]) -> None:
    """Triggers keep what was there; that there was nothing has to be said."""
    EntryBefore.objects.bulk_create(
        EntryBefore(support=support, table=row._meta.db_table, row=row.pk, at=TransactionNow(), by_id=by.user_id)
        for row in rows
    )
