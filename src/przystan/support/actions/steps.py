"""Next steps: ticked off, or opened again."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import door

from ..models import Support
from ..policies import may_complete


def complete_step(*, by: Actor, support: Support) -> Support:
    """The next step of a support is done. Also in a closed period: it changes no figure."""
    return _mark(by, [support], done=True)[0]


def complete_steps(*, by: Actor, supports: Sequence[Support]) -> list[Support]:
    """The next steps of supports are done, all or none; three statements for any number."""
    return _mark(by, supports, done=True)


def reopen_step(*, by: Actor, support: Support) -> Support:
    """Undo `complete_step`."""
    return _mark(by, [support], done=False)[0]


@transaction.atomic
def _mark(by: Actor, supports: Sequence[Support], done: bool) -> list[Support]:
    """The supports as they are then, by id."""
    wanted = {support.pk for support in supports}
    found = list(Support.objects.open_to(by).select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise Support.DoesNotExist
    if not all(may_complete(by, support) for support in found):
        raise Forbidden("support.step")
    changing = [support for support in found if bool(support.next_step_done_at) != done]
    at, who = (timezone.now(), by.user_id) if done else (None, None)
    for support in changing:
        support.next_step_done_at, support.next_step_done_by_id = at, who
    with door():
        Support.objects.filter(pk__in=[one.pk for one in changing]).update(
            next_step_done_at=at, next_step_done_by_id=who
        )
    audit.record_all(by, "support.complete_step" if done else "support.reopen_step", changing, ["next_step_done_at"])
    return found
