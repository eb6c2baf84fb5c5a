"""Fetching a file for a page."""

from django.http import HttpRequest

from przystan.ui.pages import or_404

from ..models import CaseFile
from ..queries import case_seen


def case_or_404(request: HttpRequest, ref: str) -> CaseFile:
    """The file, for its team. For others it is missing."""
    return or_404(case_seen, request.actor, ref)
