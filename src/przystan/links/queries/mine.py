"""The links of a member of staff, and how they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.modules import Words

from ..managing import may_manage
from ..models import Link, Reminder
from ..purposes import Matter, declared

UNKNOWN = Matter("")
TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Line:
    """One link for a list: what it is for, and of whom it asks as far as the reader may know."""

    link: Link
    title: Words
    matter: Matter


def mine(actor: Actor) -> QuerySet[Link]:
    """Links that the actor made, newest first; of purposes whose right they hold."""
    open_ones = [purpose.code for purpose in declared().values() if actor.can(purpose.right)]
    made = Link.objects.seen_by(actor).filter(by_id=actor.user_id, purpose__in=open_ones)
    return made.order_by("-made_at", "-id")


def link_seen(actor: Actor, ref: str) -> Link:
    """One that the actor may manage. Link.DoesNotExist for all others."""
    link = Link.objects.seen_by(actor).select_related("organisation", "by").get(ref=ref)
    if not may_manage(actor, link):
        raise Link.DoesNotExist
    return link


def lines(actor: Actor, links: Iterable[Link]) -> list[Line]:
    """The same links in the same order, each with its words; each purpose is asked once."""
    found = list(links)
    matters: dict[int, Matter] = {}
    for code, of_one in groupby(sorted(found, key=lambda link: link.purpose), key=lambda link: link.purpose):
        if purpose := declared().get(code):
            matters.update(purpose.matters(actor, list(of_one)))
    return [Line(link, _title(link.purpose), matters.get(link.pk, UNKNOWN)) for link in found]


def _title(code: str) -> Words:
    purpose = declared().get(code)
    return purpose.title if purpose else _("Something that is not asked any more")


def on_today(actor: Actor) -> QuerySet[Link]:
    """Links of the actor's that wait for them: somebody is to be reminded, or did not answer in the last two weeks.

    What nobody answered stays until it is made anew or revoked, or TOLD_FOR is over.
    """
    due = Reminder.objects.filter(link=OuterRef("pk"), done_at=None)
    lately = Q(silent_at__gt=timezone.now() - TOLD_FOR, revoked_at=None)
    found = mine(actor).annotate(reminds=Exists(due)).filter(Q(reminds=True) | lately)
    return found.order_by("expires_at", "id")
