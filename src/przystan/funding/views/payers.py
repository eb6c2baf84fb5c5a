"""Who could pay for what is being logged: a piece of the logging form."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from przystan.people.models import Person
from przystan.support.models import Service
from przystan.team.queries import points_of

from ..queries.payers import Ranked, chosen, rank_payers


@require_POST
def payers(request: HttpRequest) -> HttpResponse:
    """The ranked payers of an unfinished form.

    It sends `people` and `add` (refs), `service` and `point` (ids), `day`, `minutes`; what was chosen (`payer`,
    `payer_suggested`, `reason`) comes back with it, so that nothing is lost.
    """
    ranked = _ranked(request)
    suggested = next((one.programme.ref for one in ranked or [] if one.suggested), "")
    context = {
        "ranked": ranked,
        "suggested": suggested,
        "chosen": _chosen(request, ranked or [], suggested),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "funding/_payers.html", context)


def _chosen(request: HttpRequest, ranked: list[Ranked], suggested: str) -> str:
    """The payer that stays ticked: what the user chose, else (and where it no longer can pay) the suggested one."""
    sent = request.POST.get("payer")
    if sent is None or sent == request.POST.get("payer_suggested"):
        return suggested
    return sent if sent == "" or chosen(ranked, sent) else suggested


def _ranked(request: HttpRequest) -> list[Ranked] | None:
    """None while the form does not yet say enough."""
    sent = request.POST
    service = Service.objects.filter(pk=_number(sent.get("service"))).first()
    point = points_of(request.actor).filter(pk=_number(sent.get("point"))).first()
    day = _day(sent.get("day", ""))
    if not (service and point and day):
        return None
    refs = [*sent.getlist("people"), *sent.getlist("add")]
    # An answer for each programme tells facts: a person whose page is not open is as good as nobody.
    people = list(Person.objects.open_to(request.actor).filter(ref__in=refs).order_by("id")) if refs else []
    minutes = min(_number(sent.get("minutes")) or service.default_minutes, 24 * 60)
    return rank_payers(request.actor, people=people, service=service, day=day, point=point, minutes=minutes)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
