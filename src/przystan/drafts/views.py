"""What the pages ask and tell of forms that somebody fills in (ui/static/ui/js/drafts.js)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from przystan.access.guard import came_from
from przystan.access.sealing import NoKey
from przystan.kernel.refs import new_ref
from przystan.ui.pages import or_404

from . import actions, queries
from .forms import KeepForm


def index(request: HttpRequest) -> HttpResponse:
    """Part of a page: what is offered to the form that is sent to `form`, and the reference of a new draft."""
    offers = queries.offers(request.actor, request.GET.get("form", ""))
    return render(request, "drafts/_offers.html", {"offers": offers, "new": new_ref(), "next": came_from(request)})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Its reference and turn as JSON; 410 where the form was saved meanwhile, 423 where the writer has no key."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    try:
        draft = actions.keep(by=request.actor, **form.cleaned_data)
    except actions.Saved:
        return HttpResponse(status=410)
    except NoKey:
        return HttpResponse(status=423)
    return JsonResponse({"ref": draft.ref, "turn": draft.turn})


@require_POST
def away(request: HttpRequest, ref: str) -> HttpResponse:
    """One's own draft is thrown away."""
    or_404(actions.throw_away, by=request.actor, ref=ref)
    return HttpResponse(status=204)
