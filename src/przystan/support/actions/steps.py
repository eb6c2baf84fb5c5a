"""Next steps: ticked off, or opened again."""

from django.db import transaction
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import door

from ..models import Support
from ..policies import may_complete


@transaction.atomic
def complete_step(*, by: Actor, support: Support) -> Support:
    """The next step of a support is done. Also in a closed period: it changes no figure."""
    return _mark(by, support, done=True)


@transaction.atomic
def reopen_step(*, by: Actor, support: Support) -> Support:
    """Undo `complete_step`."""
    return _mark(by, support, done=False)


def _mark(by: Actor, support: Support, done: bool) -> Support:
    support = Support.objects.open_to(by).select_for_update().get(pk=support.pk)
    if not may_complete(by, support):
        raise Forbidden("support.step")
    if bool(support.next_step_done_at) == done:
        return support
    support.next_step_done_at = timezone.now() if done else None
    support.next_step_done_by_id = by.user_id if done else None
    with door():
        support.save(update_fields=["next_step_done_at", "next_step_done_by"])
    audit.record(by, "support.complete_step" if done else "support.reopen_step", support, ["next_step_done_at"])
    return support
