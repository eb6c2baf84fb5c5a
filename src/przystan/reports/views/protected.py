"""What reports leave out, for who protects people. It only reads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .. import queries
from ..forms import PeriodForm
from .numbers import EARLIEST


def left_out(request: HttpRequest) -> HttpResponse:
    """Numbers of one's own protected people, to be told to the grant officer by hand."""
    form = PeriodForm(request.GET, starts=EARLIEST, ends=timezone.localdate())
    period = form.chosen()
    context = {"form": form, "period": period, "rows": queries.left_out(request.actor, period)}
    return render(request, "reports/left_out.html", context)
