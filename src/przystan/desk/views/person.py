"""The page of one person, put together from all modules."""

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from przystan.people.enums import JoinReason
from przystan.people.policies import answers, may_join, may_lead, may_protect
from przystan.people.queries import person_seen
from przystan.people.queries.opened import OPENED, opened_with
from przystan.people.queries.protection import sealed_of
from przystan.people.rights import PEOPLE_MERGE, PEOPLE_WRITE
from przystan.results.rights import RESULTS_NOTE
from przystan.support.rights import SUPPORT_LOG, SUPPORT_READ
from przystan.ui import htmx
from przystan.ui.pages import or_404

from ..queries.person import page_of


def person(request: HttpRequest, ref: str) -> HttpResponse:
    """Names, what is safe, facts, household, consents, and what was given. A merged record leads to the kept one."""
    found = or_404(person_seen, request.actor, ref)
    if found.ref != ref:
        return redirect("desk:person", ref=found.ref)
    if (opened := opened_with(request.session, found)) != request.session.get(OPENED):
        request.session[OPENED] = opened
    about = request.GET.get("about", "")
    about = about if slug_re.match(about) else ""
    page = page_of(request.actor, found, request.GET.get("after", ""), about)
    context = {
        "page": page,
        "about": about,
        "person": page.person,
        "sealed": sealed_of(request.actor, page.person),
        "can_protect": may_protect(request.actor, page.person),
        "can_lead": may_lead(request.actor, page.person),
        "join_reasons": JoinReason.choices if may_join(request.actor, page.person) else [],
        "can_write": request.actor.can(PEOPLE_WRITE),
        "can_merge": request.actor.can(PEOPLE_MERGE),
        "can_answer": answers(request.actor, page.person),
        "can_log": request.actor.can(SUPPORT_LOG),
        "can_read_supports": request.actor.can(SUPPORT_READ),
        "can_note": request.actor.can(RESULTS_NOTE) and request.actor.can(PEOPLE_WRITE),
    }
    return htmx.render(request, "desk/person.html", context, part="person_events")
