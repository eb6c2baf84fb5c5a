"""The page of one support. The list: `views/ledger.py`."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.funding import actions as funding
from przystan.funding.queries.cases import case_of
from przystan.funding.queries.payers import rank_payers
from przystan.ledger.actions import ChangedMeanwhile
from przystan.ledger.policies import may_correct
from przystan.ledger.queries import is_closed
from przystan.reference.cldr import language_name
from przystan.support import actions as ledger
from przystan.support.models import Support
from przystan.support.policies import may_amend, may_complete
from przystan.support.queries.history import changed_at, told
from przystan.ui.forms import refuse
from przystan.ui.pages import button, only_if, or_404
from przystan.ui.paging import paginate
from przystan.ui.undoing import done

from ..forms.support import Sheet, filled, sheet
from ..queries.differences import differences
from ..queries.entries import entry_page
from ..queries.supports import one
from .log import sheet_context, tell
from .payer import chosen_in, paid_by, payer_of
from .who import is_searching


def support(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about one entry: what, who, how long, who pays and why, what was corrected."""
    found, actor = _one(request, ref), request.actor
    people = [recipient.person for recipient in found.recipients.all()]
    context = {
        "support": found,
        "people": people,
        "may_complete": may_complete(actor, found),
        "payers": rank_payers(actor, case_of(found, people)),
        "payer_url": reverse("desk:payer", args=[ref]),
        "spoken": language_name(found.language) if found.language else "",
    }
    return render(request, "desk/support.html", context | entry_page(actor, found, may_amend(actor, found)))


def history(request: HttpRequest, ref: str) -> HttpResponse:
    """What an entry said before it was amended, newest first, for who may open its page."""
    found = _one(request, ref)
    page = paginate(request, changed_at(request.actor, found))
    changes = told(request.actor, found, page.items)
    return render(request, "desk/support_history.html", {"support": found, "page": page, "changes": changes})


@button("desk:support", "ref", done=gettext_lazy("The payer is saved."))
def payer(request: HttpRequest, ref: str) -> None:
    """Another payer for an entry, with the reason."""
    funding.choose_payer(by=request.actor, support=_one(request, ref), **chosen_in(request))


@require_POST
def step(request: HttpRequest, ref: str) -> HttpResponse:
    """Tick off the next step, or open it again."""
    if "undo" in request.POST:
        ledger.reopen_step(by=request.actor, support=_one(request, ref))
    else:
        ledger.complete_step(by=request.actor, support=_one(request, ref))
        today = {"today": "1"} if "today" in request.POST else {}
        done(request, _("The step is done."), request.path, undo="1", **today)
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


@button("desk:support", "ref", done=gettext_lazy("The entry is removed."))
def remove(request: HttpRequest, ref: str) -> str:
    """Take an entry of an open period out: it was logged by mistake."""
    ledger.remove(by=request.actor, supports=[_one(request, ref)])
    return reverse("desk:supports")


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
