"""Asking a worker without an account, by a link, whether time was as somebody noted it; and taking their word."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import door
from przystan.links.actions import make, renew
from przystan.links.models import Link, Made
from przystan.links.queries import asked

from ..enums import Confirmed
from ..models import Hour
from ..policies import is_second_word, may_ask, require_leading
from .hours import confirm

PURPOSE = "staff.hour"


@transaction.atomic
def ask_to_confirm(*, by: Actor, ref: str, language: str) -> Made:
    """A link for the worker of this hour; where one waits already, it is made anew.

    ValidationError where they noted it by themselves, the actor noted it, they log in, or it needs no word any more.
    """
    # Without the link: of a row that was waited for, the database gives the joined ones as they were before.
    hour = Hour.objects.seen_by(by).select_for_update(of=("self",)).select_related("worker").get(ref=ref)
    require_leading(by, hour.worker)
    if not hour.asks_worker:
        raise ValidationError(_("This does not wait for the word of who worked."))
    if hour.worker.logs_in:
        raise ValidationError(_("Who has an account here, or had one, confirms by logging in."))
    if not may_ask(by, hour):
        raise ValidationError(_("You noted this time: somebody else who leads here asks for their word."))
    if hour.link and hour.link.is_open:
        return renew(by=by, link=hour.link, language=language)
    made = make(by=by, purpose=PURPOSE, language=language)
    hour.link = made.link
    with door():
        hour.save(update_fields=["link"])
    audit.record(by, "staff.ask_hour", hour, ["link"])
    return made


def confirm_by_link(*, by: Actor, link: Link, language: str, words: Mapping[str, Any]) -> None:
    """The bearer of the link says that it was so. Forbidden where nothing is asked any more."""
    found = asked(by, Hour)
    held = Hour.objects.seen_by(by).select_for_update(of=("self",))
    hour = held.filter(pk=found.pk).first() if found else None  # None too where it was taken back just now
    if hour is None or not is_second_word(link, hour):
        raise Forbidden("nothing is asked any more")
    confirm(by, hour, Confirmed.LINK)
