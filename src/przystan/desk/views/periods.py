"""Periods of the ledger: what is closed, and closing one more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from przystan.ledger.actions import close_period, to_close
from przystan.ledger.models import Period
from przystan.ui.pages import saved

from ..forms.periods import PeriodForm
from ..queries.closing import closing_of


def periods(request: HttpRequest) -> HttpResponse:
    """The closed periods, newest first. POST shows what it would close; `seen`, it closes that for good."""
    rows = Period.objects.filter(organisation_id=request.actor.organisation_id).select_related("closed_by")
    form = PeriodForm(request.POST or None, last=rows.first())
    act = close_period if "seen" in request.POST else to_close
    closing = None
    if saved(form, lambda: act(by=request.actor, **form.cleaned_data)):
        if act is close_period:
            messages.success(request, _("The period is closed. From now on it is corrected by counter-entries only."))
            return redirect("desk:periods")
        closing = closing_of(request.actor, **form.cleaned_data)
    return render(request, "desk/periods.html", {"periods": rows, "form": form, "closing": closing})
