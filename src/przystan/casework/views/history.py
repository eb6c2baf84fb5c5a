"""What a file said of itself before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from przystan.ui.paging import paginate

from ..queries.history import history_of, told
from .common import case_or_404


def history(request: HttpRequest, ref: str) -> HttpResponse:
    """Changes of the file itself, newest first, for its team; a note shows its own wordings."""
    found = case_or_404(request, ref)
    page = paginate(request, history_of(request.actor, found))
    changes = told(request.actor, found, page.items)
    return render(request, "casework/history.html", {"case": found, "page": page, "changes": changes})
