"""Choosing people inside a form: found by any spelling, ticked, never typed twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from przystan.access.actors import Actor
from przystan.people.models import ConsentText, Person
from przystan.people.queries import Candidate, search
from przystan.people.queries.consents import differing
from przystan.people.rights import PEOPLE_READ

from ..forms.support import WithPeople

FOUND = 6


@dataclass(frozen=True)
class Who:
    """The people chosen, those of them whose consents differ, and whoever was found for the text typed."""

    people: list[Person]
    differing: list[tuple[Person, list[ConsentText]]]
    text: str = ""
    found: list[Candidate] | None = None
    can_search: bool = True


def chosen_people(actor: Actor, refs: Sequence[str]) -> list[Person]:
    """People by reference, in the order given; unknown ones are left out, all for who may not look people up."""
    if not actor.can(PEOPLE_READ):
        return []
    rows = Person.objects.open_to(actor).current().filter(ref__in=refs).prefetch_related("names")
    found = {person.ref: person for person in rows}
    return [found[ref] for ref in refs if ref in found]


def who_of(request: HttpRequest, form: WithPeople) -> Who:
    """Context of `desk/_who.html`."""
    text = request.POST.get("person_text", "").strip()
    refs = form.chosen()
    can_search = request.actor.can(PEOPLE_READ)
    found = None
    if text and can_search:
        found = [one for one in search(request.actor, text, FOUND) if one.person.ref not in refs]
    people = chosen_people(request.actor, refs) if refs else []
    return Who(people, differing(people) if people else [], text, found, can_search)


def is_searching(request: HttpRequest, form: WithPeople) -> bool:
    """Whether the form was sent to find somebody: by the button, or by Enter with a name typed and nobody chosen."""
    return "find" in request.POST or bool(request.POST.get("person_text", "").strip() and not form.chosen())


@require_POST
def who(request: HttpRequest) -> HttpResponse:
    """The part of a form that says who, for what is typed so far."""
    form = WithPeople(request.POST)
    return render(request, "desk/_who.html", {"who": who_of(request, form), "form": form})
