"""Fetching somebody who works here for a page."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ..models import Worker
from ..queries import leads


def worker_or_404(request: HttpRequest, ref: str) -> Worker:
    """Somebody of the actor's points."""
    return get_object_or_404(Worker.objects.seen_by(request.actor).select_related("point", "user"), ref=ref)


def led_or_404(request: HttpRequest, ref: str) -> Worker:
    """Somebody whom the actor leads, and who is not the actor."""
    worker = worker_or_404(request, ref)
    if not leads(request.actor, worker):
        raise Http404
    return worker
