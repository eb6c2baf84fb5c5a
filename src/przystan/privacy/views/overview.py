"""The first privacy page, and the part of Today that says what waits."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from przystan.access.actors import Actor
from przystan.access.looks import unusual
from przystan.access.rights import AUDIT_READ, GLASS_APPROVE, GLASS_REVIEW
from przystan.casework.models import CaseFile
from przystan.people.rights import PEOPLE_ANSWER, PEOPLE_READ

from .. import queries
from ..models import Erasure, SubjectRequest
from ..queries.emergency_key import Key

MINE = (GLASS_REVIEW, GLASS_APPROVE, AUDIT_READ, PEOPLE_ANSWER, PEOPLE_READ)


@dataclass(frozen=True)
class Waits:
    """What waits for one member of staff."""

    approvals: int
    reviews: int
    late_reviews: int
    requests: list[SubjectRequest]
    erasures: list[Erasure]
    files: list[tuple[CaseFile, SubjectRequest]]
    key: Key | None

    @property
    def any(self) -> bool:
        looks = self.approvals or self.reviews or self.late_reviews
        return bool(looks or self.requests or self.erasures or self.files or self.key)


def waits_for(actor: Actor) -> Waits:
    """Each part only for those whose work it is."""
    key = queries.key_planned(actor)
    return Waits(
        len(queries.glass.waiting(actor)),
        len(queries.glass.to_review(actor)),
        queries.glass.late(actor),
        list(queries.open_requests(actor)[:20]) if actor.can(PEOPLE_ANSWER) else [],
        queries.to_confirm(actor),
        queries.files_asked_for(actor),
        key if key and key.confirms else None,
    )


def index(request: HttpRequest) -> HttpResponse:
    """What the actor may do here."""
    actor = request.actor
    if not any(actor.can(right) for right in MINE):
        raise Http404
    context = {
        "waits": waits_for(actor),
        "asks": actor.can(PEOPLE_READ),
        "reviews": actor.can(GLASS_REVIEW),
        "answers": actor.can(PEOPLE_ANSWER),
        "audits": actor.can(AUDIT_READ),
        "unusual": unusual(actor, settings.UNUSUAL_LOOKS) if actor.can(AUDIT_READ) else [],
    }
    return render(request, "privacy/index.html", context)


def today(request: HttpRequest) -> HttpResponse:
    """A piece of Today; empty when nothing waits."""
    return render(request, "privacy/_today.html", {"waits": waits_for(request.actor)})
