"""Fetching somebody who works here for a page."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from przystan.ui.pages import only_if

from ..models import Worker
from ..queries import leads


def worker_or_404(request: HttpRequest, ref: str) -> Worker:
    """Somebody of the actor's points."""
    return get_object_or_404(Worker.objects.seen_by(request.actor).select_related("point", "user", "sent_by"), ref=ref)


def led_or_404(request: HttpRequest, ref: str) -> Worker:
    """Somebody whom the actor leads, and who is not the actor."""
    worker = worker_or_404(request, ref)
    only_if(leads(request.actor, worker))
    return worker
