"""The list of supports, and the page of one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.funding import actions as funding
from przystan.funding.queries.cases import case_of
from przystan.funding.queries.payers import rank_payers
from przystan.funding.rights import PAYER_CHOOSE
from przystan.ledger.actions import ChangedMeanwhile
from przystan.ledger.policies import may_correct, may_read_reason
from przystan.ledger.queries import is_closed
from przystan.people.rights import PEOPLE_READ
from przystan.reference.cldr import language_name
from przystan.results.rights import RESULTS_READ
from przystan.support import actions as ledger
from przystan.support.models import Support
from przystan.support.policies import may_amend, may_complete
from przystan.support.queries import keyset
from przystan.support.queries.history import changed_at, told
from przystan.support.rights import SUPPORT_LOG
from przystan.ui import htmx
from przystan.ui.forms import refuse
from przystan.ui.pages import attempt, only_if, or_404
from przystan.ui.paging import paginate

from ..forms.filters import FilterForm
from ..forms.support import Sheet, filled, sheet
from ..queries.differences import differences
from ..queries.supports import listed, one
from .log import sheet_context, tell
from .payer import paid_by, payer_of
from .who import is_searching


def supports(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time, however many there are."""
    form = FilterForm(request.GET or None, actor=request.actor)
    rows = listed(request.actor, form.filters(), form.programme())
    page = keyset(rows, request.GET.get("after", ""))
    context = {"form": form, "page": page, "filtered": form.is_used(), "can_log": request.actor.can(SUPPORT_LOG)}
    context["can_read_results"] = request.actor.can(RESULTS_READ)
    return htmx.render(request, "desk/supports.html", context)


def support(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about one entry: what, who, how long, who pays and why, what was corrected."""
    return _page(request, _one(request, ref))


def history(request: HttpRequest, ref: str) -> HttpResponse:
    """What an entry said before it was amended, newest first, for who may open its page."""
    found = _one(request, ref)
    page = paginate(request, changed_at(request.actor, found))
    changes = told(request.actor, found, page.items)
    return render(request, "desk/support_history.html", {"support": found, "page": page, "changes": changes})


@require_POST
def payer(request: HttpRequest, ref: str) -> HttpResponse:
    """Another payer for an entry, with the reason."""
    found = _one(request, ref)
    attempt(
        request,
        lambda: funding.choose_payer(
            by=request.actor,
            support=found,
            payer=request.POST.get("payer", ""),
            reason=request.POST.get("reason", ""),
        ),
        _("The payer is saved."),
    )
    return redirect("desk:support", ref=ref)


@require_POST
def step(request: HttpRequest, ref: str) -> HttpResponse:
    """Tick off the next step, or open it again."""
    mark = ledger.reopen_step if "undo" in request.POST else ledger.complete_step
    mark(by=request.actor, support=_one(request, ref))
    return redirect("desk:today") if "today" in request.POST else redirect("desk:support", ref=ref)


def amend(request: HttpRequest, ref: str) -> HttpResponse:
    """Change an entry of an open period."""
    found = _one(request, ref)
    only_if(may_amend(request.actor, found))
    if is_closed(found):
        return redirect("desk:correct", ref=ref)
    form, meanwhile = sheet(request.POST or None, request.actor, filled(found)), None
    if request.method == "POST" and not is_searching(request, form.form) and form.is_valid():
        try:
            tell(request, _amended(request, found, form))
            return redirect("desk:support", ref=ref)
        except ChangedMeanwhile as error:
            refuse(form.form, error)
            found = _one(request, ref)
            meanwhile = differences(found, form.entry(), found.service.default_minutes)
            form.renew(version=found.version)
        except ValidationError as error:
            refuse(form.form, error)
    context = {**sheet_context(request, form), "support": found, "meanwhile": meanwhile}
    if request.method != "POST":
        context["said"] = paid_by(found)
    return render(request, "desk/amend.html", context)


def correct(request: HttpRequest, ref: str) -> HttpResponse:
    """Correct an entry of a closed period: take it back, and perhaps write the right one."""
    found = _one(request, ref)
    only_if(may_correct(request.actor, found))
    form = sheet(request.POST or None, request.actor, filled(found))
    reason = request.POST.get("correction_reason", "")
    taking_back = request.POST.get("what") == "take_back"
    if request.method == "POST" and (taking_back or (not is_searching(request, form.form) and form.is_valid())):
        try:
            entry = None if taking_back else form.entry()
            counter, right = funding.correct(by=request.actor, support=found, reason=reason, entry=entry)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Corrected. The counter-entry is counted today."))
            return redirect("desk:support", ref=(right.support if right else counter).ref)
    # The right entry gets the payer that fits first: none is offered that would not be taken.
    context = {**sheet_context(request, form), "can_choose_payer": False, "support": found, "reason": reason}
    return render(request, "desk/correct.html", context)


@require_POST
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    """Take an entry of an open period out: it was logged by mistake."""
    found = _one(request, ref)
    if attempt(request, lambda: ledger.remove(by=request.actor, supports=[found]), _("The entry is removed.")):
        return redirect("desk:supports")
    return redirect("desk:support", ref=ref)


def _one(request: HttpRequest, ref: str) -> Support:
    return or_404(one, request.actor, ref)


def _amended(request: HttpRequest, found: Support, form: Sheet) -> Support:
    return funding.amend(
        by=request.actor,
        support=found,
        entry=form.entry(),
        version=form.form.cleaned_data["version"],
        **payer_of(request),
    ).support


def _page(request: HttpRequest, found: Support) -> HttpResponse:
    closed = is_closed(found)
    reversed_by = getattr(found, "reversed_by", None)
    actor = request.actor
    context: dict[str, Any] = {
        "support": found,
        "people": [recipient.person for recipient in found.recipients.all()],
        "allocation": getattr(found, "allocation", None),
        "closed": closed,
        "reversed_by": reversed_by,
        "reason": _reason(actor, found, reversed_by),
        "late": found.booked_on != found.day,
        "may_amend": not closed and found.sign == 1 and may_amend(actor, found),
        "may_correct": closed and reversed_by is None and may_correct(actor, found),
        "may_complete": may_complete(actor, found),
        "may_pay": not closed and found.sign == 1 and actor.can(PAYER_CHOOSE),
        "can_read_people": actor.can(PEOPLE_READ),
        "payers": _payers(request, found),
        "payer_url": reverse("desk:payer", args=[found.ref]),
        "spoken": language_name(found.language) if found.language else "",
    }
    return render(request, "desk/support.html", context)


def _reason(actor: Actor, found: Support, reversed_by: Support | None) -> str:
    """Why the entry was corrected, or corrects another, for who may read it; that they did is noted."""
    told = reversed_by or found
    if not may_read_reason(actor, found) or not told.correction_reason:
        return ""
    audit.read(actor, told, ["correction_reason"])
    return str(told.correction_reason)


def _payers(request: HttpRequest, found: Support) -> list[Any]:
    people = [recipient.person for recipient in found.recipients.all()]
    return rank_payers(request.actor, case_of(found, people))
