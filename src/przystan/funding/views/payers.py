"""Who could pay for what is being logged: a piece of the logging form."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.support.models import Service
from przystan.team.queries import points_of

from ..models import Programme
from ..queries.cases import Case
from ..queries.payers import Ranked, chosen, rank_payers


@require_POST
def payers(request: HttpRequest) -> HttpResponse:
    """The ranked payers of an unfinished form.

    It sends `people` and `add` (refs), `service` and `point` (ids), `day`, `minutes`. What is ticked (`payer`) follows
    the suggestion until somebody ticks it (`payer_chosen`) or has an entry that is paid for already (`payer_before`,
    `reason_before`): then it stays, and where it cannot pay any more, that is said.
    """
    sent, ranked = request.POST, _ranked(request)
    said = sent.get("payer") if sent.get("payer_chosen") else sent.get("payer_before")
    suggested = next((one.programme.ref for one in ranked or [] if one.suggested), "")
    context = {
        "ranked": ranked,
        "chosen": suggested if said is None else said,
        "by_hand": said is not None,
        "lost": _lost(request.actor, ranked, said) if ranked is not None and said else None,
        "reason": sent.get("reason", sent.get("reason_before", "")),
    }
    return render(request, "funding/_payers.html", context)


def _lost(actor: Actor, ranked: list[Ranked], ref: str) -> Programme | None:
    """The programme with this reference, unless it can pay."""
    return None if chosen(ranked, ref) else Programme.objects.seen_by(actor).filter(ref=ref).first()


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
    case = Case(people=people, of=service, day=day, point=point, minutes=minutes)
    return rank_payers(request.actor, case)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
