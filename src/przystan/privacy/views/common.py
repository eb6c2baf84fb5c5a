"""Fetching for pages, and telling what an action refused."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from przystan.access.models import Glass
from przystan.access.modules import subjects
from przystan.access.subjects import Subject
from przystan.people.models import Person
from przystan.ui.pages import or_404

from ..queries.glass import glass_seen
from ..queries.requests import person_answered_for


def person_or_404(request: HttpRequest, ref: str) -> Person:
    """A person for whom the actor answers."""
    return or_404(person_answered_for, request.actor, ref)


def subject_or_404(request: HttpRequest, model: str, ref: str) -> tuple[Subject, Any]:
    """Somebody whose data the actor may copy, with their kind."""
    subject = subjects().get(model)
    if subject is None:
        raise Http404
    return subject, or_404(subject.seen, request.actor, ref)


def glass_or_404(request: HttpRequest, ref: str) -> Glass:
    """A request for an emergency look in the actor's organisation."""
    return or_404(glass_seen, request.actor, ref)


def as_file(content: bytes) -> HttpResponse:
    """A closed copy, to be saved; its name tells nothing."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="copy.zip.age"'
    return response
