"""What the bearer of a link does: opens it, shows a code, answers."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import require

from ..models import Link
from ..purposes import purpose_of
from ..rights import LINK_ANSWER
from ..tokens import is_code


@transaction.atomic
def note_opened(*, by: Actor, link: Link) -> None:
    """Somebody pressed the button of the first page; a preview of a messenger does not. Only the first time is kept."""
    require(by, LINK_ANSWER, link)
    if link.opened_at:
        return
    link.opened_at = timezone.now()
    link.save(update_fields=["opened_at"])
    audit.record(by, "link.open", link)


@transaction.atomic
def try_code(*, by: Actor, link: Link, code: str) -> bool:
    """Whether this is the code that went another way. After MOST_WRONG_CODES wrong ones the link leads nowhere."""
    require(by, LINK_ANSWER, link)
    link = _locked(link)
    if is_code(link.digest, link.code, code):
        return True
    link.wrong_codes += 1
    link.save(update_fields=["wrong_codes"])
    audit.record(by, "link.wrong_code", link)
    return False


@transaction.atomic
def answer(*, by: Actor, link: Link, language: str, words: Mapping[str, Any]) -> None:
    """Take the answer, given on a page in `language`. ValidationError in words of the purpose;
    Forbidden when the link is not open any more.

    The purpose writes first: once the link is used up, its bearer sees nothing (`links.locks.FUNCTION`).
    """
    require(by, LINK_ANSWER, link)
    link = _locked(link)
    purpose = purpose_of(link)
    if purpose is None:
        raise Forbidden("nobody asks this any more")
    purpose.answer(by=by, link=link, language=language, words=words)
    link.used += 1
    link.answered_at = timezone.now()
    link.opened_at = link.opened_at or link.answered_at
    link.save(update_fields=["used", "answered_at", "opened_at"])
    link.reminders.filter(done_at=None).update(done_at=link.answered_at)
    audit.record(by, "link.answer", link)


def _locked(link: Link) -> Link:
    """The link as it is now, for one at a time. Forbidden when it was revoked, made anew or answered meanwhile."""
    found = Link.objects.select_for_update().filter(pk=link.pk).first()
    if found is None or not found.is_open:
        raise Forbidden("a link that has ended")
    return found
