"""Which drafts a form is offered."""

from dataclasses import dataclass

from przystan.access.actors import Actor
from przystan.access.fields import ahead
from przystan.access.sealing import Locked, Unreadable

from .models import Draft, digest

OFFERED = 3  # of one form, the newest


@dataclass(frozen=True)
class Offer:
    """A draft of one's own; `values` is None while the writer's own key is locked."""

    draft: Draft
    values: str | None


def offers(actor: Actor, form: str) -> list[Offer]:
    """What the actor has typed into this form (path and query to which it is sent) and not saved; the newest first."""
    found = Draft.objects.seen_by(actor).waiting().filter(form=digest(form)).select_related("organisation")
    rows = list(found[:OFFERED])
    ahead(rows, "content")
    return [offer for row in rows if (offer := _opened(row))]


def _opened(row: Draft) -> Offer | None:
    """None for what opens no more: its writer has another key now."""
    try:
        return Offer(row, row.content)
    except Locked:
        return Offer(row, None)
    except Unreadable:
        return None
