"""Fetching an institution for a page."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ..models import Institution


def institution_or_404(request: HttpRequest, ref: str) -> Institution:
    """One of the actor's organisation that was not merged into another."""
    return get_object_or_404(Institution.objects.seen_by(request.actor).current().select_related("kind"), ref=ref)
