"""The first privacy page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from przystan.access.looks import unusual
from przystan.access.rights import AUDIT_READ, GLASS_APPROVE, GLASS_REVIEW
from przystan.people.rights import PEOPLE_ANSWER, PEOPLE_READ
from przystan.ui.pages import only_if

from ..parts import waits_for

MINE = (GLASS_REVIEW, GLASS_APPROVE, AUDIT_READ, PEOPLE_ANSWER, PEOPLE_READ)


def index(request: HttpRequest) -> HttpResponse:
    """What the actor may do here."""
    actor = request.actor
    only_if(any(actor.can(right) for right in MINE))
    context = {
        "waits": waits_for(actor),
        "asks": actor.can(PEOPLE_READ),
        "reviews": actor.can(GLASS_REVIEW),
        "answers": actor.can(PEOPLE_ANSWER),
        "audits": actor.can(AUDIT_READ),
        "unusual": unusual(actor, settings.UNUSUAL_LOOKS) if actor.can(AUDIT_READ) else [],
    }
    return render(request, "privacy/index.html", context)
