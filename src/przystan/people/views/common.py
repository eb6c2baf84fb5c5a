"""Fetching a person for a page."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from przystan.ui.pages import only_if

from ..models import Person
from ..policies import sensitive


def person_or_404(request: HttpRequest, ref: str) -> Person:
    """A person whose page is open to the actor, who was not merged into another."""
    people = Person.objects.open_to(request.actor).current().prefetch_related("names")
    return get_object_or_404(people, ref=ref)


def sensitive_or_404(request: HttpRequest, ref: str) -> Person:
    """A person whose sensitive facts the actor may read and write."""
    person = person_or_404(request, ref)
    only_if(sensitive(request.actor, person).allowed)
    return person


def several_or_404(request: HttpRequest, *refs: str) -> list[Person]:
    """`sensitive_or_404` of several people at once, in this order."""
    rows = Person.objects.open_to(request.actor).current().select_related("point", "created_by")
    found = {one.ref: one for one in rows.filter(ref__in=refs)}
    only_if(all(ref in found and sensitive(request.actor, found[ref]).allowed for ref in refs))
    return [found[ref] for ref in refs]
