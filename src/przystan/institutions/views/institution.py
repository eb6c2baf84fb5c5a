"""One institution: its page, its own row, its hours, what was checked."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.reference.cldr import language_name
from przystan.ui.hours import HoursFormSet, rows_of
from przystan.ui.pages import button, or_404, saved
from przystan.ui.undoing import done

from .. import actions, queries
from ..enums import Part
from ..forms.institution import InstitutionForm
from ..forms.parts import CheckForm
from ..rights import INSTITUTIONS_MERGE, INSTITUTIONS_WRITE
from .common import institution_or_404


def show(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything the register knows; that of one merged away leads to the one that was kept."""
    found = or_404(queries.institution_seen, request.actor, ref)
    if found.ref != ref:
        return redirect("institutions:institution", ref=found.ref)
    page = queries.institution_page(request.actor, found)
    context = {
        "page": page,
        "one": page.institution,
        "languages": list(map(language_name, page.institution.languages)),
        "contacts": [_with_languages(one) for one in page.contacts],
        "former": [_with_languages(one) for one in page.former],
        "freshness": [{"label": Part(one.part).label, "is": one} for one in page.freshness],
        "check_form": CheckForm(),
        "can_write": request.actor.can(INSTITUTIONS_WRITE),
        "can_merge": request.actor.can(INSTITUTIONS_MERGE),
    }
    return render(request, "institutions/institution.html", context)


def _with_languages(contact: object) -> dict[str, object]:
    return {"is": contact, "languages": list(map(language_name, contact.languages))}


def change(request: HttpRequest, ref: str) -> HttpResponse:
    one = institution_or_404(request, ref)
    form = InstitutionForm(request.POST or None, instance=one)

    def save() -> None:
        actions.change(by=request.actor, institution=form.save(commit=False), fields=form.changed_data)

    if saved(form, save):
        return _saved(request, ref)
    return render(request, "institutions/change.html", {"form": form, "one": one})


def hours(request: HttpRequest, ref: str) -> HttpResponse:
    """All opening hours at once."""
    one = institution_or_404(request, ref)
    known = list(one.hours.order_by("weekday", "opens", "pk").values("weekday", "opens", "closes", "note"))
    formset = HoursFormSet(request.POST or None, initial=known, prefix="hours")
    if request.method == "POST" and formset.is_valid():
        actions.save_hours(by=request.actor, institution=one, rows=rows_of(formset))
        return _saved(request, ref)
    return render(request, "institutions/hours.html", {"hours": formset, "one": one})


@button("institutions:institution", "ref", done=gettext_lazy("Saved."))
def check(request: HttpRequest, ref: str) -> None:
    """What was ticked is right today."""
    one = institution_or_404(request, ref)
    actions.check(by=request.actor, institution=one, parts=request.POST.getlist("parts"))


@button("institutions:institution", "ref")
def closure(request: HttpRequest, ref: str) -> None:
    """It is no more; or it is there after all."""
    one = institution_or_404(request, ref)
    act = actions.reopen if one.closed_on else partial(actions.close, day=timezone.localdate())
    act(by=request.actor, institution=one)
    done(request, _("Saved."), request.path)


def _saved(request: HttpRequest, ref: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("institutions:institution", ref=ref)
