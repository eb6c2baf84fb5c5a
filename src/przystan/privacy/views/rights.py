"""What a person asked about their data, and the answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access import audit
from przystan.ui.pages import attempt, button, saved
from przystan.ui.paging import paginate

from .. import actions, queries
from ..enums import Delivery, RequestState
from ..forms import AnswerForm, CopyForm, ExtendForm, HoldForm, RequestForm
from ..models import SubjectRequest
from .common import person_or_404


def person(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about one person's rights, on one page."""
    found = person_or_404(request, ref)
    holds = list(queries.holds_of(found))
    for hold in holds:
        audit.read(request.actor, hold, ["reason"])
    context = {
        "person": found,
        "requests": queries.requests_of(request.actor, found),
        "packs": queries.packs_of(request.actor, found),
        "holds": holds,
        "waiting": queries.waiting_for(found),
        "copy_form": CopyForm(initial={"language": get_language()}),
        "today": timezone.localdate(),
    }
    return render(request, "privacy/person.html", context)


def receive(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what a person asks for."""
    found = person_or_404(request, ref)
    form = RequestForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if saved(form, lambda: actions.receive(by=request.actor, person=found, **form.cleaned_data)):
        messages.success(request, _("Written down. An answer is due in a month."))
        return redirect("privacy:person", ref=ref)
    return render(request, "privacy/receive.html", {"person": found, "form": form})


def register(request: HttpRequest) -> HttpResponse:
    """All requests, open ones first."""
    page = paginate(request, queries.register(request.actor), size=50)
    return render(request, "privacy/register.html", {"page": page})


def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """One request: how it was answered, or more time with a reason."""
    found = _request(request, ref)
    form, longer = AnswerForm(request.POST or None), ExtendForm()
    if request.method == "POST" and form.is_valid():
        state, delivery = RequestState(form.cleaned_data["state"]), Delivery(form.cleaned_data["delivery"])
        work = lambda: actions.answer(by=request.actor, request=found, state=state, delivery=delivery)  # noqa: E731
        attempt(request, work, _("Written down."))
        return redirect("privacy:register")
    if words := [name for name in ("note", "extension_reason") if getattr(found, name)]:
        audit.read(request.actor, found, words)
    return render(
        request,
        "privacy/answer.html",
        {
            "request_": found,
            "title": capfirst(found.get_kind_display()),
            "form": form,
            "longer": longer,
            "withheld": queries.withheld(request.actor, found),
        },
    )


@require_POST
def extend(request: HttpRequest, ref: str) -> HttpResponse:
    found, form = _request(request, ref), ExtendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it takes longer."))
    else:
        reason = form.cleaned_data["reason"]
        work = lambda: actions.extend(by=request.actor, request=found, reason=reason)  # noqa: E731
        attempt(request, work, _("Two more months. Tell the person why."))
    return redirect("privacy:answer", ref=ref)


@require_POST
def restrict(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep but do not use; or lift it."""
    found = person_or_404(request, ref)
    on = found.restricted_on is None
    done = _("Restricted: kept, but not used.") if on else _("The restriction is lifted.")
    attempt(request, lambda: actions.restrict(by=request.actor, person=found, restricted=on), done)
    return redirect("privacy:person", ref=ref)


def hold(request: HttpRequest, ref: str) -> HttpResponse:
    """A reason in law to keep everything."""
    found, form = person_or_404(request, ref), HoldForm(request.POST or None)
    if saved(form, lambda: actions.hold(by=request.actor, person=found, **form.cleaned_data)):
        return redirect("privacy:person", ref=ref)
    return render(request, "privacy/hold.html", {"person": found, "form": form})


@button("privacy:person", "ref", done=gettext_lazy("The hold is ended."))
def end_hold(request: HttpRequest, ref: str, hold: str) -> None:
    found = get_object_or_404(queries.holds_of(person_or_404(request, ref)), ref=hold)
    actions.end_hold(by=request.actor, hold=found)


def _request(request: HttpRequest, ref: str) -> SubjectRequest:
    return get_object_or_404(queries.register(request.actor), ref=ref)
