"""What one has asked for that takes long: how far it is, and the file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from przystan.access.workers import anybody_works
from przystan.ui import htmx
from przystan.ui.pages import or_404
from przystan.ui.paging import paginate

from . import actions, queries
from .answering import as_file
from .enums import ErrandState
from .models import Errand
from .runners import Runner, declared


def index(request: HttpRequest) -> HttpResponse:
    """One's own of the last day."""
    page = paginate(request, queries.errands_of(request.actor))
    rows = [(one, declared()[one.runner].title) for one in page.items if one.runner in declared()]
    return render(request, "errands/index.html", {"page": page, "rows": rows})


def errand(request: HttpRequest, ref: str) -> HttpResponse:
    """How far it is; asked again every two seconds by the page. What a page shows is led to when it is there."""
    found, runner = _found(request, ref)
    page = runner.page(found.values, ref) if runner.page and found.state == ErrandState.DONE else ""
    if page and htmx.is_fragment(request):
        return htmx.redirect(request, page)
    context: dict[str, Any] = {
        "errand": found,
        "title": runner.title,
        "back": runner.back(found.values),
        "page": page,
        "url": reverse("errands:errand", args=[ref]) if found.is_open else "",
        "nobody_works": found.is_open and not anybody_works(),
    }
    return htmx.render(request, "errands/errand.html", context, part="errand")


@require_POST
def fetch(request: HttpRequest, ref: str) -> HttpResponse:
    """The finished file, for whoever asked for it."""
    mine = Errand.objects.seen_by(request.actor).select_related("organisation")
    found = get_object_or_404(mine.exclude(name=""), ref=ref, state=ErrandState.DONE)
    if found.runner not in declared():
        raise Http404
    try:
        return as_file(or_404(actions.fetch, by=request.actor, errand=found))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("errands:errand", ref=ref)


def _found(request: HttpRequest, ref: str) -> tuple[Errand, Runner]:
    found = or_404(queries.errand_seen, request.actor, ref)
    if found.runner not in declared():
        raise Http404
    return found, declared()[found.runner]
