"""Lists of people for whom something is due, behind the numbers of Today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from przystan.ui.paging import Sorts, paginate

from ..queries.due import not_asked, note_titles, titles_ending

BY_END: Sorts = {"ends": ("ends", "id"), "registered": ("created_at", "id"), "point": ("point__name", "ends", "id")}
BY_DAY: Sorts = {"registered": ("created_at", "id"), "point": ("point__name", "created_at", "id")}


def titles(request: HttpRequest) -> HttpResponse:
    """Whose title to stay ends, the first to end at the top."""
    rows, today = titles_ending(request.actor, timezone.localdate()), timezone.localdate()
    page = paginate(request, rows.select_related("point").prefetch_related("names"), sorts=BY_END, default="ends")
    note_titles(request.actor, page.items)
    return render(request, "people/titles.html", {"page": page, "today": today})


def consents(request: HttpRequest) -> HttpResponse:
    """Who was registered lately and not asked for a consent, the newest first."""
    rows = not_asked(request.actor).select_related("point").prefetch_related("names")
    page = paginate(request, rows, sorts=BY_DAY, default="-registered")
    return render(request, "people/not_asked.html", {"page": page})
