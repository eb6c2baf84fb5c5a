"""Correcting what is closed: a counter-entry, and perhaps the right entry, both counted today."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import door
from przystan.kernel.refs import new_ref

from ..models import Support, SupportPerson, SupportTopic
from ..policies import may_correct
from ..queries.ledger import is_closed
from ..rules import Entry
from .booking import record
from .refusals import in_words


@transaction.atomic(savepoint=False)
def correct(*, by: Actor, support: Support, reason: str, entry: Entry | None = None) -> tuple[Support, Support | None]:
    """Take a closed entry back with a counter-entry; `entry` is what should have been written, if anything.

    Returns both new entries, booked today. The day of the support, and so the facts read on it, stay. Their payers are
    the caller's affair: `funding.actions.correct` sees to both.
    """
    support = Support.objects.open_to(by).select_for_update().get(pk=support.pk)
    if not may_correct(by, support):
        raise Forbidden("support.correct")
    if not reason.strip():
        raise ValidationError({"reason": _("Write why it is corrected: an auditor will ask.")})
    if not is_closed(support):
        raise ValidationError(_("The period of this entry is still open: change the entry itself."), code="open")
    counter = _counter(by, support, reason.strip())
    audit.record(by, "support.correct", support, ["reversed_by"])
    if entry is None:
        return counter, None
    right = replace(entry, correction_reason=reason.strip(), kind=support.kind, gathering_id=support.gathering_id)
    return counter, record(by=by, entry=right)


def _counter(by: Actor, support: Support, reason: str) -> Support:
    """A copy with the sign turned round: the same figures, people and topics."""
    people = list(support.recipients.values_list("person_id", "household_id"))
    efforts = list(support.efforts.values_list("topic_id", "minutes"))
    counter = Support.objects.get(pk=support.pk)
    counter.pk, counter.ref, counter._state.adding = None, new_ref(), True
    counter.sign, counter.reverses, counter.booked_on = -1, support, timezone.localdate()
    counter.form_token, counter.correction_reason, counter.created_by_id = None, reason, by.user_id
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
