"""Records that may be one person: the queue, two side by side, and the decision."""

import json
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from przystan.access.modules import way
from przystan.errands import queries as errands
from przystan.errands.answering import answered, or_back
from przystan.errands.runners import Result
from przystan.ui.pages import button, only_if, or_404
from przystan.ui.paging import paginate
from przystan.ui.undoing import done

from .. import actions
from ..by_errand import LOOK
from ..forms.facts import FindForm
from ..models import Merge
from ..policies import sensitive
from ..queries import compared, differing, doubles_of, person_pages, search, suspected_pairs
from ..rules.merging import FILLABLE
from ..wording import doubts, reasons
from .common import sensitive_or_404, several_or_404

PAGE = partial(way, "person")
QUEUE = "people:duplicates"


def queue(request: HttpRequest) -> HttpResponse:
    """Pairs that wait for a decision. `?looked=`: what a job has found."""
    if ref := request.GET.get("looked", ""):
        return _told(request, or_404(errands.shown, request.actor, LOOK.code, ref)[1])
    page = paginate(request, suspected_pairs(request.actor), size=20)
    pairs = [{"pair": pair, "reasons": reasons(pair.reasons), "doubts": doubts(pair.reasons)} for pair in page.items]
    return render(request, "people/duplicates.html", {"page": page, "pairs": pairs})


def _told(request: HttpRequest, found: dict[str, int]) -> HttpResponse:
    text = ngettext("Looked through: %(n)d new pair.", "Looked through: %(n)d new pairs.", found["added"])
    messages.success(request, text % {"n": found["added"]})
    return redirect(QUEUE)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look through the register for such pairs now, by a job where that takes long."""

    def told(result: Result) -> HttpResponse:
        return _told(request, json.loads(result.content))

    return or_back(request, LOOK.code, {}, lambda: answered(request, LOOK.code, {}, told))


def find(request: HttpRequest, ref: str) -> HttpResponse:
    """Look for the other record of this person."""
    person = sensitive_or_404(request, ref)
    form = FindForm(request.POST or None, initial={"q": person.display_name})
    if form.is_bound and form.is_valid():
        others = search(request.actor, form.cleaned_data["q"], 10, besides=person.pk)
    else:
        others = doubles_of(request.actor, person)
    found = [one for one in others if sensitive(request.actor, one.person).allowed]
    return render(request, "people/same.html", {"person": person, "form": form, "found": found})


def compare(request: HttpRequest, ref: str, other: str) -> HttpResponse:
    """Two records side by side."""
    if ref == other:
        return redirect(PAGE(ref))
    records = person_pages(request.actor, several_or_404(request, ref, other))
    codes = compared(request.actor, *records).codes
    pairs = [(kept, absorbed, differing(kept, absorbed)) for kept, absorbed in (records, records[::-1])]
    context = {"pairs": pairs, "reasons": reasons(codes), "doubts": doubts(codes)}
    return render(request, "people/compare.html", {"records": records, **context})


@button(PAGE, "ref")
def merge(request: HttpRequest, ref: str) -> None:
    """Keep this record and make the posted one a part of it."""
    kept, absorbed = sensitive_or_404(request, ref), sensitive_or_404(request, request.POST.get("absorbed", ""))
    take = [name for name in FILLABLE if request.POST.get(f"take-{name}") == "other"]
    made = actions.merge(by=request.actor, kept=kept, absorbed=absorbed, take=take)
    if any("rules" in step for step in made.moved):
        messages.warning(request, _("One number had two rules. The stricter holds now: look at the contacts."))
    said = _("The two records are one now. You can undo this at the end of the page.")
    done(request, said, reverse("people:undo_merge", args=[ref, made.ref]))


@button(PAGE, "ref", done=_("These are two records again."))
def undo(request: HttpRequest, ref: str, merge: str) -> None:
    """Take the two records apart again."""
    person = sensitive_or_404(request, ref)
    found = get_object_or_404(Merge.objects.select_related("kept", "absorbed"), kept=person, ref=merge)
    actions.undo_merge(by=request.actor, merge=found)


@button("people:duplicates", done=_("Remembered: not the same person."))
def different(request: HttpRequest, ref: str) -> None:
    """These are two people; never ask again."""
    one, other = sensitive_or_404(request, ref), sensitive_or_404(request, request.POST.get("other", ""))
    only_if(one != other)
    actions.mark_different(by=request.actor, one=one, other=other)
