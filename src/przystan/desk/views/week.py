"""The week of one member of staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from przystan.people.rights import PEOPLE_READ
from przystan.support.rights import SUPPORT_LOG

from ..queries.week import monday, week_of
from .days import day_in


def week(request: HttpRequest) -> HttpResponse:
    """This week, or the one of `?of=2026-11-30`: own entries by day, what is due, and days without an entry."""
    today = timezone.localdate()
    day = day_in(request.GET.get("of", "")) or today
    context = {
        "week": week_of(request.actor, day, today),
        "today": today,
        "this": monday(day) == monday(today),
        "can_log": request.actor.can(SUPPORT_LOG),
        "can_read_people": request.actor.can(PEOPLE_READ),
    }
    return render(request, "desk/week.html", context)
