"""Fetching for pages, and telling what an action refused."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from przystan.access.models import Glass
from przystan.people.models import Person

from ..queries.glass import glass_seen
from ..queries.requests import person_answered_for


def person_or_404(request: HttpRequest, ref: str) -> Person:
    """A person for whom the actor answers."""
    try:
        return person_answered_for(request.actor, ref)
    except Person.DoesNotExist:
        raise Http404 from None


def glass_or_404(request: HttpRequest, ref: str) -> Glass:
    """A request for an emergency look in the actor's organisation."""
    try:
        return glass_seen(request.actor, ref)
    except Glass.DoesNotExist:
        raise Http404 from None


def as_file(content: bytes) -> HttpResponse:
    """A closed copy, to be saved; its name tells nothing."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="copy.zip.age"'
    return response


def attempt(request: HttpRequest, work: Callable[[], object], done: str) -> bool:
    """Do it and say so, or say why not. Returns whether it was done."""
    try:
        work()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    messages.success(request, done)
    return True
