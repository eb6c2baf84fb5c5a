"""What becomes of links by themselves: somebody should be reminded; nobody answered."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor

from ..managing import require_manage
from ..models import Link, Reminder
from ..purposes import purpose_of


@transaction.atomic
def make_due(*, by: Actor, now: datetime) -> int:
    """Reminders that are due now: one for each link, though the job may not have run for long. Returns how many."""
    links = Link.objects.waiting(now).filter(used=0).prefetch_related("reminders")
    due = [found for link in links.order_by("pk") if (found := _due(link, now))]
    for reminder in due:
        Reminder.objects.filter(link=reminder.link, done_at=None).update(done_at=now)
    Reminder.objects.bulk_create(due, ignore_conflicts=True)
    return len(due)


def _due(link: Link, now: datetime) -> Reminder | None:
    purpose = purpose_of(link)
    made = {reminder.number for reminder in link.reminders.all()}
    passed = [
        (number, link.made_at + timedelta(days=days))
        for number, days in enumerate(purpose.reminders if purpose else (), start=1)
        if link.made_at + timedelta(days=days) <= now
    ]
    if not passed or passed[-1][0] in made:
        return None
    number, due_at = passed[-1]
    return Reminder(link=link, number=number, due_at=due_at)


@transaction.atomic
def done(*, by: Actor, reminder: Reminder) -> None:
    """A member of staff has sent it, by hand."""
    require_manage(by, reminder.link)
    changed = Reminder.objects.filter(pk=reminder.pk, done_at=None).update(done_at=timezone.now(), done_by=by.user_id)
    if changed:
        audit.record(by, "link.remind", reminder.link)


@transaction.atomic
def note_silence(*, by: Actor, link: Link) -> None:
    """Its time is over and nobody answered: that is a state, and never an answer."""
    found = Link.objects.select_for_update().filter(pk=link.pk, used=0, revoked_at=None, silent_at=None).first()
    if found is None or found.expires_at > timezone.now():
        return
    found.silent_at = timezone.now()
    found.save(update_fields=["silent_at"])
    found.reminders.filter(done_at=None).update(done_at=found.silent_at)
    if purpose := purpose_of(found):
        purpose.silence(by=by, link=found)
    audit.record(by, "link.silent", found)
