"""Settings: what concerns me, and what concerns the centre."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from przystan.access import modules
from przystan.access.unlocking import may_hold


def settings(request: HttpRequest) -> HttpResponse:
    """Links only: each thing is set where it lives."""
    lines = [one for one in modules.settings() if one.right is None or request.actor.can(one.right)]
    context = {
        "holds_key": may_hold(request.actor),
        "mine": [one for one in lines if one.mine],
        "centre": [one for one in lines if not one.mine],
    }
    return render(request, "desk/settings.html", context)
