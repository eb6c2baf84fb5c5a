"""Logging a full support."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from przystan.access.scope import all_or_nothing
from przystan.funding.actions import give
from przystan.funding.rights import PAYER_CHOOSE
from przystan.kernel.refs import ALPHABET
from przystan.ledger.actions import LoggedAlready
from przystan.people.enums import LanguageLevel
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_READ
from przystan.support.models import Support
from przystan.support.queries import by_token
from przystan.support.rights import SUPPORT_READ
from przystan.ui.forms import refuse

from ..forms.support import Sheet, WithPeople, sheet
from ..queries.again import last_time, said_again
from ..queries.differences import differences
from ..queries.supports import one
from .days import day_in
from .payer import payer_of, said_in
from .who import chosen_people, is_searching, who_of


def log(request: HttpRequest) -> HttpResponse:
    """Empty, with the people of `?person=` and the day of `?day=`, or as it was sent."""
    if request.method != "POST":
        return _page(request, sheet(None, request.actor, _start(request)))
    filled = sheet(_again_said(request), request.actor)
    if "again" in request.POST:
        return _page(request, filled)
    if is_searching(request, filled.form) or "rank" in request.POST or not filled.is_valid():
        return _page(request, filled)
    try:
        with all_or_nothing():
            support = give(by=request.actor, entry=filled.entry(), **payer_of(request)).support
    except LoggedAlready as again:
        return _again(request, by_token(request.actor, again.token), filled)
    except ValidationError as error:
        refuse(filled.form, error)
        return _page(request, filled)
    tell(request, support)
    return _after(request, support, filled)


def tell(request: HttpRequest, support: Support) -> None:
    """What was done, and what the user did not ask for: the entry counts today because its own period is closed."""
    if support.booked_on != support.day:
        messages.warning(
            request, _("Saved. The period of that day is closed: the support keeps its day and is counted today.")
        )
    else:
        messages.success(request, _("Saved."))


def _page(request: HttpRequest, filled: Sheet, before: Support | None = None) -> HttpResponse:
    context = sheet_context(request, filled)
    people = context["who"].people
    last = last_time(request.actor, people) or (last_time(request.actor, []) if people else None)
    return render(request, "desk/log.html", {**context, "before": before, "last": last})


def _again_said(request: HttpRequest) -> QueryDict:
    """What was sent; asked to say it as last time, with what was given then, and all else as it was typed."""
    last = None
    if "again" in request.POST:
        people = chosen_people(request.actor, WithPeople(request.POST).chosen())
        last = last_time(request.actor, people) or last_time(request.actor, [])
    if last is None:
        return request.POST
    sent, said = request.POST.copy(), said_again(last)
    rows = max(int(said.pop("topics")), 2)
    for name in [name for name in sent if name.startswith("topics-") and name.endswith("-topic")]:
        del sent[name]
    sent["topics-TOTAL_FORMS"] = str(rows)
    for name, value in said.items():
        sent[name] = value
    return sent


def sheet_context(request: HttpRequest, filled: Sheet) -> dict[str, Any]:
    """What `desk/_sheet.html` needs, for logging, amending and correcting."""
    return {
        "form": filled.form,
        "efforts": filled.efforts,
        "last": None,
        "who": who_of(request, filled.form),
        "can_choose_payer": request.actor.can(PAYER_CHOOSE),
        "said": said_in(request, refused=bool(filled.form.non_field_errors())),
    }


def _start(request: HttpRequest) -> dict[str, Any]:
    refs = [ref for ref in request.GET.getlist("person") if set(ref) <= set(ALPHABET)]
    people = chosen_people(request.actor, refs) if refs else []
    day = day_in(request.GET.get("day", ""))
    when = {"day": day} if day else {}
    return {"people": [person.ref for person in people], **when, **(_tongue(people[0]) if people else {})}


def _tongue(person: Person) -> dict[str, Any]:
    """The language to speak with a person, and whether that takes an interpreter."""
    levels = [LanguageLevel.NATIVE, LanguageLevel.FLUENT, LanguageLevel.NOT_ASKED]
    rows = person.languages.filter(level__in=levels).order_by("id")
    first = rows.first()
    if first is None:
        return {}
    return {"language": first.language, **({"interpreter": "interpreter"} if first.needs_interpreter else {})}


def _again(request: HttpRequest, before: Support | None, filled: Sheet) -> HttpResponse:
    """The form was sent before (Back, then saved again): show the entry, or ask when the form says something else."""
    if before is None or not request.actor.can(SUPPORT_READ):
        return _after(request, before, filled)
    found = one(request.actor, before.ref)
    if differences(found, filled.entry(), found.service.default_minutes).rows:
        filled.renew(form_token=uuid4())
        return _page(request, filled, found)
    messages.info(request, _("This support is logged already. This is the entry."))
    return redirect("desk:support", ref=found.ref)


def _after(request: HttpRequest, support: Support | None, filled: Sheet) -> HttpResponse:
    people = filled.form.chosen()
    if request.POST.get("then") == "another":
        again = "&".join(f"person={ref}" for ref in people)
        return redirect(f"{reverse('desk:log')}?{again}")
    if people and request.actor.can(PEOPLE_READ):
        return redirect("desk:person", ref=people[0])
    return redirect("desk:support", ref=support.ref) if support else redirect("desk:today")
