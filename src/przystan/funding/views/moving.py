"""Moving supports to another payer, with the effect on every indicator shown first."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import actions
from ..forms import MoveForm
from ..forms.moving import OUT
from ..models import Programme
from ..queries.programmes import paid_ids
from ..queries.sets import payable_ids


def move(request: HttpRequest, ref: str) -> HttpResponse:
    """First what would change, then, with the second button, the move itself."""
    programme = get_object_or_404(Programme.objects.seen_by(request.actor), ref=ref)
    form = MoveForm(request.POST or None, programme=programme)
    context: dict[str, object] = {"programme": programme, "form": form}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "move":
            return _move(request, programme, form)
        try:
            context |= _effect(request, programme, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return render(request, "funding/move.html", context)


def _chosen(request: HttpRequest, programme: Programme, form: MoveForm) -> tuple[list[int], Programme | None]:
    data = form.cleaned_data
    if data["way"] == OUT:
        return paid_ids(request.actor, programme, data["first"], data["last"]), data["to"]
    return payable_ids(request.actor, programme, data["first"], data["last"]), programme


def _effect(request: HttpRequest, programme: Programme, form: MoveForm) -> dict[str, object]:
    ids, to = _chosen(request, programme, form)
    undecided = form.cleaned_data["undecided"]
    return {"trial": actions.try_move(by=request.actor, supports=ids, to=to, undecided=undecided)}


def _move(request: HttpRequest, programme: Programme, form: MoveForm) -> HttpResponse:
    ids, to = _chosen(request, programme, form)
    data = form.cleaned_data
    try:
        done = actions.reallocate(
            by=request.actor, supports=ids, to=to, reason=data["reason"], undecided=data["undecided"]
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return render(request, "funding/move.html", {"programme": programme, "form": form})
    text = ngettext("%(n)d support has another payer now.", "%(n)d supports have another payer now.", done.moved)
    messages.success(request, text % {"n": done.moved})
    if done.closed:
        messages.info(request, _("What lies in closed periods was left as it is."))
    return redirect("funding:programme", ref=programme.ref)
