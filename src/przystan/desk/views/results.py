"""What came of the support: the list of results, noting one, and the page of one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access import audit
from przystan.access.scope import all_or_nothing
from przystan.funding import actions as funding
from przystan.funding.queries.cases import case_of_result
from przystan.funding.queries.payers import rank_payers
from przystan.funding.rights import PAYER_CHOOSE
from przystan.ledger.actions import LoggedAlready
from przystan.ledger.policies import may_correct, may_read_reason
from przystan.ledger.queries import is_closed
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_READ, PEOPLE_WRITE
from przystan.results import actions as ledger
from przystan.results.enums import Of
from przystan.results.models import Result, ResultKind
from przystan.results.policies import may_amend
from przystan.results.queries import by_token, kinds_offered
from przystan.results.queries.history import changed_at, told
from przystan.results.rights import RESULTS_NOTE
from przystan.support.rights import SUPPORT_READ
from przystan.ui import htmx
from przystan.ui.forms import refuse
from przystan.ui.pages import attempt, only_if, or_404
from przystan.ui.paging import paginate

from ..forms.results import ResultFilterForm, ResultForm, filled
from ..queries.results import listed, one


def results(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time."""
    form = ResultFilterForm(request.GET or None, actor=request.actor)
    page = paginate(request, listed(request.actor, form.filters()))
    context = {"form": form, "page": page, "filtered": form.is_used(), "can_note": request.actor.can(RESULTS_NOTE)}
    context["can_read_people"] = request.actor.can(PEOPLE_READ)
    context["can_read_supports"] = request.actor.can(SUPPORT_READ)
    return htmx.render(request, "desk/results.html", context)


def note(request: HttpRequest) -> HttpResponse:
    """What came of it, about the person of `?person=` or nobody: first its kind (`?kind=`), then its few fields."""
    person = _person(request)
    of = [Of.PERSON] if person else [Of.INSTITUTION, Of.NOBODY]
    kinds = kinds_offered(*of)
    if "kind" not in request.GET:
        return render(request, "desk/note_result_of.html", {"person": person, "kinds": kinds})
    kind = get_object_or_404(kinds, code=request.GET["kind"])
    form = ResultForm(request.POST or None, actor=request.actor, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            with all_or_nothing():
                reached = form.reached(person.ref if person else "")
                made = funding.note_result(by=request.actor, reached=reached).result
        except LoggedAlready as again:
            return _after(person, by_token(request.actor, again.token))
        except ValidationError as error:
            refuse(form, error)
        else:
            _tell(request, made)
            return _after(person, made)
    return render(request, "desk/note_result.html", {"person": person, "kind": kind, "form": form})


def result(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about one result: what, whose, what proves it, who counts it and why, what was corrected."""
    found, actor = _one(request, ref), request.actor
    closed, reversed_by = is_closed(found), getattr(found, "reversed_by", None)
    context: dict[str, Any] = {
        "result": found,
        "allocation": getattr(found, "allocation", None),
        "closed": closed,
        "reversed_by": reversed_by,
        "late": found.booked_on != found.day,
        "reason": _reason(request, found, reversed_by),
        "may_amend": not closed and may_amend(actor, found),
        "may_correct": closed and reversed_by is None and may_correct(actor, found),
        "may_pay": not closed and found.sign == 1 and actor.can(PAYER_CHOOSE),
        "payers": rank_payers(actor, case_of_result(found)),
        "payer_url": reverse("desk:result_payer", args=[ref]),
        "can_read_people": actor.can(PEOPLE_READ),
    }
    return render(request, "desk/result.html", context)


def amend(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a result of an open period."""
    found = _one(request, ref)
    if not may_amend(request.actor, found):
        raise Http404
    if is_closed(found):
        return redirect("desk:correct_result", ref=ref)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            funding.amend_result(by=request.actor, result=found, reached=form.reached(_whose(found)), version=version)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:result", ref=ref)
    return render(request, "desk/amend_result.html", {"result": found, "form": form})


def correct(request: HttpRequest, ref: str) -> HttpResponse:
    """Correct a result of a closed period: take it back, and perhaps write the right one."""
    found = _one(request, ref)
    if not may_correct(request.actor, found):
        raise Http404
    form, reason = _form(request, found), request.POST.get("correction_reason", "")
    taking_back = request.POST.get("what") == "take_back"
    if request.method == "POST" and (taking_back or form.is_valid()):
        try:
            right = None if taking_back else form.reached(_whose(found))
            counter, noted = funding.correct_result(by=request.actor, result=found, reason=reason, reached=right)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Corrected. The counter-entry is counted today."))
            return redirect("desk:result", ref=(noted.result if noted else counter).ref)
    return render(request, "desk/correct_result.html", {"result": found, "form": form, "reason": reason})


@require_POST
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a result of an open period out: it was noted by mistake."""
    found = _one(request, ref)
    if attempt(request, lambda: ledger.remove(by=request.actor, results=[found]), _("The result is removed.")):
        return redirect("desk:results")
    return redirect("desk:result", ref=ref)


@require_POST
def payer(request: HttpRequest, ref: str) -> HttpResponse:
    """Another programme that counts a result, with the reason."""
    found, sent = _one(request, ref), request.POST
    chosen = {"payer": sent.get("payer", ""), "reason": sent.get("reason", "")}
    choose = partial(or_404, funding.choose_result_payer, by=request.actor, result=found, **chosen)
    attempt(request, choose, _("The payer is saved."))
    return redirect("desk:result", ref=ref)


def history(request: HttpRequest, ref: str) -> HttpResponse:
    """What a result said before it was amended, newest first, for who may open its page."""
    found = _one(request, ref)
    page = paginate(request, changed_at(request.actor, found))
    changes = told(request.actor, found, page.items)
    return render(request, "desk/result_history.html", {"result": found, "page": page, "changes": changes})


def _one(request: HttpRequest, ref: str) -> Result:
    return or_404(one, request.actor, ref)


def _person(request: HttpRequest) -> Person | None:
    ref = request.GET.get("person", "")
    only_if(not ref or request.actor.can(PEOPLE_WRITE))
    people = Person.objects.open_to(request.actor).current().prefetch_related("names")
    return get_object_or_404(people, ref=ref) if ref else None


def _form(request: HttpRequest, found: Result) -> ResultForm:
    kind: ResultKind = found.kind
    return ResultForm(request.POST or None, actor=request.actor, kind=kind, initial=filled(found))


def _whose(found: Result) -> str:
    return found.person.ref if found.person else ""


def _tell(request: HttpRequest, made: Result) -> None:
    if made.booked_on != made.day:
        messages.warning(
            request, _("Saved. The period of that day is closed: the result keeps its day and is counted today.")
        )
    else:
        messages.success(request, _("Saved."))


def _after(person: Person | None, made: Result | None) -> HttpResponse:
    if person:
        return redirect("desk:person", ref=person.ref)
    return redirect("desk:result", ref=made.ref) if made else redirect("desk:results")


def _reason(request: HttpRequest, found: Result, reversed_by: Result | None) -> str:
    """Why the result was corrected, or corrects another, for who may read it; that they did is noted."""
    said = reversed_by or found
    if not may_read_reason(request.actor, found) or not said.correction_reason:
        return ""
    audit.read(request.actor, said, ["correction_reason"])
    return str(said.correction_reason)
