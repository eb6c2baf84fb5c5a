"""Periods of the ledger: what is closed, and closing one more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from przystan.ledger.actions import close_period
from przystan.ledger.models import Period
from przystan.ui.pages import saved

from ..forms.periods import PeriodForm


def periods(request: HttpRequest) -> HttpResponse:
    """The closed periods, newest first; GET lists, POST closes."""
    rows = Period.objects.filter(organisation_id=request.actor.organisation_id).select_related("closed_by")
    form = PeriodForm(request.POST or None, last=rows.first())
    if saved(form, lambda: close_period(by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The period is closed. From now on it is corrected by counter-entries only."))
        return redirect("desk:periods")
    return render(request, "desk/periods.html", {"periods": rows, "form": form})
