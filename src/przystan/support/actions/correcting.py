"""Correcting what is closed: a counter-entry, and perhaps the right entry, both counted today."""

from dataclasses import replace

from django.db import transaction

from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.ledger.actions import counter_entry, in_words

from ..models import Support, SupportPerson, SupportTopic
from ..rules import Entry
from .booking import record


@transaction.atomic(savepoint=False)
def correct(*, by: Actor, support: Support, reason: str, entry: Entry | None = None) -> tuple[Support, Support | None]:
    """Take a closed entry back with a counter-entry; `entry` is what should have been written, if anything.

    Returns both new entries, booked today. The day of the support, and so the facts read on it, stay. Their payers are
    the caller's affair: `funding.actions.correct` sees to both.
    """
    support = Support.objects.open_to(by).get(pk=support.pk)  # not held: the database lets one counter-entry in
    counter = _counter(by, support, reason)
    if entry is None:
        return counter, None
    right = replace(entry, correction_reason=reason.strip(), kind=support.kind, gathering_id=support.gathering_id)
    return counter, record(by=by, entry=right)


def _counter(by: Actor, support: Support, reason: str) -> Support:
    """A copy with the sign turned round: the same figures, people and topics."""
    people = list(support.recipients.values_list("person_id", "household_id"))
    efforts = list(support.efforts.values_list("topic_id", "minutes"))
    counter = counter_entry(by, support, reason, "support.correct")
    counter.next_step, counter.next_step_on = "", None
    counter.next_step_done_at, counter.next_step_done_by = None, None
    with door(), in_words():
        counter.save(force_insert=True)
        SupportPerson.objects.bulk_create(
            SupportPerson(support=counter, person_id=person, household_id=household) for person, household in people
        )
        SupportTopic.objects.bulk_create(
            SupportTopic(support=counter, topic_id=topic, minutes=minutes) for topic, minutes in efforts
        )
    return counter
