"""Moving supports to another payer, with the effect on every indicator shown first."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from przystan.errands import queries as errands
from przystan.errands.answering import answered
from przystan.errands.runners import Result
from przystan.ui.pages import or_404

from ..by_errand import MOVE, TRIAL, trial_of
from ..forms import MoveForm
from ..models import Programme


def move(request: HttpRequest, ref: str) -> HttpResponse:
    """First what would change, then, with the second button, the move itself. `?trial=`, `?done=`: made by a job."""
    programme = get_object_or_404(Programme.objects.seen_by(request.actor), ref=ref)
    if request.method == "POST":
        return _asked(request, programme)
    if ref := request.GET.get("trial", ""):
        asked, found = or_404(errands.shown, request.actor, TRIAL.code, ref)
        return _page(request, programme, MoveForm(asked, programme=programme), found)
    if ref := request.GET.get("done", ""):
        return _moved(request, programme, or_404(errands.shown, request.actor, MOVE.code, ref)[1])
    return _page(request, programme, MoveForm(programme=programme))


def _asked(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = MoveForm(request.POST, programme=programme)
    if not form.is_valid():
        return _page(request, programme, form)
    asked = {name: request.POST[name] for name in form.fields if request.POST.get(name)} | {"programme": programme.ref}

    def shown(result: Result) -> HttpResponse:
        found = json.loads(result.content)
        return _moved(request, programme, found) if moves else _page(request, programme, form, found)

    moves = request.POST.get("do") == "move"
    try:
        return answered(request, (MOVE if moves else TRIAL).code, asked, shown, about=programme.name)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, programme, form)


def _page(
    request: HttpRequest, programme: Programme, form: MoveForm, found: dict[str, Any] | None = None
) -> HttpResponse:
    trial = trial_of(request.actor, found) if found else None
    return render(request, "funding/move.html", {"programme": programme, "form": form, "trial": trial})


def _moved(request: HttpRequest, programme: Programme, found: dict[str, int]) -> HttpResponse:
    text = ngettext("%(n)d support has another payer now.", "%(n)d supports have another payer now.", found["moved"])
    messages.success(request, text % {"n": found["moved"]})
    if found["closed"]:
        messages.info(request, _("What lies in closed periods was left as it is."))
    return redirect("funding:programme", ref=programme.ref)
