"""What came of the support: the list of results, noting one, and the page of one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.access.scope import all_or_nothing
from przystan.funding import actions as funding
from przystan.funding.queries.cases import case_of_result
from przystan.funding.queries.payers import rank_payers
from przystan.ledger.actions import ChangedMeanwhile, LoggedAlready
from przystan.ledger.policies import may_correct
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
from przystan.ui.forms import refuse, renew
from przystan.ui.pages import button, only_if, or_404
from przystan.ui.paging import Sorts, paginate
from przystan.ui.seen import differing

from ..forms.results import ResultFilterForm, ResultForm, filled
from ..queries.entries import entry_page
from ..queries.results import listed, one
from .payer import chosen_in

SORTS: Sorts = {
    "day": ("day", "id"),
    "kind": ("kind__position", "kind_id", "day", "id"),
    "proof": ("proof", "day", "id"),
}


def results(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time."""
    form = ResultFilterForm(request.GET or None, actor=request.actor)
    page = paginate(request, listed(request.actor, form.filters()), sorts=SORTS, default="-day")
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
    context = {
        "result": found,
        "payers": rank_payers(actor, case_of_result(found)),
        "payer_url": reverse("desk:result_payer", args=[ref]),
    }
    return render(request, "desk/result.html", context | entry_page(actor, found, may_amend(actor, found)))


def amend(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a result of an open period."""
    found = _one(request, ref)
    only_if(may_amend(request.actor, found))
    if is_closed(found):
        return redirect("desk:correct_result", ref=ref)
    form, meanwhile = _form(request, found), None
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            funding.amend_result(by=request.actor, result=found, reached=form.reached(_whose(found)), version=version)
        except ChangedMeanwhile as error:
            found = _one(request, ref)
            form = _form(request, found)  # beside what is saved now
            meanwhile = differing(form)
            refuse(form, error)
            renew(form, version=found.version)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:result", ref=ref)
    return render(request, "desk/amend_result.html", {"result": found, "form": form, "meanwhile": meanwhile})


def correct(request: HttpRequest, ref: str) -> HttpResponse:
    """Correct a result of a closed period: take it back, and perhaps write the right one."""
    found = _one(request, ref)
    only_if(may_correct(request.actor, found))
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


@button("desk:result", "ref", done=gettext_lazy("The result is removed."))
def remove(request: HttpRequest, ref: str) -> str:
    """Take a result of an open period out: it was noted by mistake."""
    ledger.remove(by=request.actor, results=[_one(request, ref)])
    return reverse("desk:results")


@button("desk:result", "ref", done=gettext_lazy("The payer is saved."))
def payer(request: HttpRequest, ref: str) -> None:
    """Another programme that counts a result, with the reason."""
    funding.choose_result_payer(by=request.actor, result=_one(request, ref), **chosen_in(request))


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
