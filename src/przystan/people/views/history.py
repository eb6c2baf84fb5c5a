"""What was known of a person before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from przystan.ui.paging import paginate

from ..queries.history import history_of, told
from .common import person_or_404


def history(request: HttpRequest, ref: str) -> HttpResponse:
    """Changes of the person's facts, newest first, for who may see what is sensitive."""
    person = person_or_404(request, ref)
    page = paginate(request, history_of(request.actor, person), size=50)
    changes = told(request.actor, person, page.items)
    return render(request, "people/history.html", {"person": person, "page": page, "changes": changes})
