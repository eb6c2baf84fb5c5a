"""The search page and the short list under the box in the bar. What is typed is posted: no name in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from przystan.access.modules import leads
from przystan.ui import htmx

from ..queries import count_suspected, recent_people, search
from ..queries.opened import opened_lately
from ..rights import PEOPLE_WRITE

SUGGESTED, WEAK_SUGGESTED = 6, 3
SHOWN = 20


def find(request: HttpRequest) -> HttpResponse:
    """The box, what was found, and who was registered here lately."""
    text = request.POST.get("q", "").strip()
    found = search(request.actor, text, SHOWN) if text else []
    context = {
        "text": text,
        "found": found,
        "weak": bool(found) and not found[0].fits,
        "many": len(found) == SHOWN,
        "opened": [] if text else opened_lately(request.actor, request.session),
        "recent": [] if text else recent_people(request.actor),
        "waiting": 0 if text else count_suspected(request.actor),
        "can_write": request.actor.can(PEOPLE_WRITE),
        "can_log": leads(request.actor, "log"),
    }
    return htmx.render(request, "people/search.html", context, part="found")


@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """The first few people for what is typed so far."""
    text = request.POST.get("q", "").strip()
    found = search(request.actor, text, SUGGESTED, weak=WEAK_SUGGESTED) if len(text) > 1 else []
    context = {"text": text, "found": found, "can_write": request.actor.can(PEOPLE_WRITE)}
    return render(request, "people/_suggest.html", context)
