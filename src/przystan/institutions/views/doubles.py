"""Entries that may be one institution: the queue, two side by side, and the decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import language_name
from przystan.ui.pages import button, only_if
from przystan.ui.paging import paginate
from przystan.ui.undoing import done

from .. import actions, queries
from ..models import InstitutionMerge
from ..wording import doubts, reasons
from .common import institution_or_404

PAGE = "institutions:institution"


def queue(request: HttpRequest) -> HttpResponse:
    """Pairs that wait for a decision."""
    page = paginate(request, queries.suspected_pairs(request.actor), size=20)
    pairs = [{"pair": pair, "reasons": reasons(pair.reasons), "doubts": doubts(pair.reasons)} for pair in page.items]
    return render(request, "institutions/doubles.html", {"page": page, "pairs": pairs})


def search(request: HttpRequest, ref: str) -> HttpResponse:
    """Look for the other entry of this institution."""
    one = institution_or_404(request, ref)
    text = request.GET.get("q", "").strip() or one.name
    found = [hit for hit in queries.find(request.actor, text, 10, closed=True) if hit.institution.pk != one.pk]
    return render(request, "institutions/same.html", {"one": one, "text": text, "found": found})


def compare(request: HttpRequest, ref: str, other: str) -> HttpResponse:
    """Two entries side by side."""
    if ref == other:
        return redirect(PAGE, ref=ref)
    both = [institution_or_404(request, one) for one in (ref, other)]
    entries = list(map(_shown, queries.institution_pages(request.actor, both)))
    return render(request, "institutions/compare.html", {"entries": entries, "pairs": [entries, entries[::-1]]})


def _shown(page: queries.InstitutionPage) -> dict[str, object]:
    return {"page": page, "one": page.institution, "languages": list(map(language_name, page.institution.languages))}


@button(PAGE, "ref")
def merge(request: HttpRequest, ref: str) -> None:
    """Keep this entry and make the posted one a part of it."""
    kept, absorbed = institution_or_404(request, ref), institution_or_404(request, request.POST.get("absorbed", ""))
    made = actions.merge(by=request.actor, kept=kept, absorbed=absorbed)
    said = _("The two entries are one now. You can undo this at the end of the page.")
    done(request, said, reverse("institutions:undo_merge", args=[ref, made.ref]))


@button(PAGE, "ref", done=_("These are two entries again."))
def undo(request: HttpRequest, ref: str, merge: str) -> None:
    """Take the two entries apart again."""
    one = institution_or_404(request, ref)
    found = get_object_or_404(InstitutionMerge.objects.select_related("kept", "absorbed"), kept=one, ref=merge)
    actions.undo_merge(by=request.actor, merge=found)


@button("institutions:doubles", done=_("Remembered: two different institutions."))
def different(request: HttpRequest, ref: str) -> None:
    """These are two institutions; never ask again."""
    one, other = institution_or_404(request, ref), institution_or_404(request, request.POST.get("other", ""))
    only_if(one != other)
    actions.mark_different(by=request.actor, one=one, other=other)
