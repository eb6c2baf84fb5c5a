"""The list of programmes, and one programme."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.modules import leads
from przystan.reference.models import translated
from przystan.rules.labels import Labels
from przystan.rules.words import outline

from ..models import Programme, TargetRule
from ..queries.idle import with_idle
from ..queries.programmes import STATES, counted, elapsed, listed, state_of
from ..rights import PROGRAMMES_WRITE
from ..vocabulary import PAYERS

WORDS = {"running": _("running"), "coming": _("to come"), "ended": _("ended")}
TONES = {"running": "good", "coming": "info", "ended": "quiet"}


def programmes(request: HttpRequest) -> HttpResponse:
    """Programmes in one state, with how much of their time has gone by."""
    today = timezone.localdate()
    asked = request.GET.get("state", "running")
    state = asked if asked in STATES else "running"
    counts, found = counted(request.actor, today), list(listed(request.actor, state, today))
    context = {
        "rows": [{"programme": one, "time": elapsed(one, today)} for one in found],
        "state": state,
        "tabs": [{"code": code, "word": WORDS[code], "count": counts[code]} for code in STATES],
        "idle": [one for one in found if one.idle],
        "can_write": request.actor.can(PROGRAMMES_WRITE),
    }
    return render(request, "funding/programmes.html", context)


def programme(request: HttpRequest, ref: str) -> HttpResponse:
    """One programme: its facts, for whom and for what it pays, its limits and indicators."""
    today, labels = timezone.localdate(), Labels(PAYERS)
    programmes = with_idle(Programme.objects.seen_by(request.actor), today).select_related("funder")
    shown = get_object_or_404(programmes, ref=ref)
    rows = TargetRule.objects.filter(programme=shown).order_by(F("valid_from").desc(nulls_last=True), "-id")
    rules = [
        {"row": row, "outline": outline(PAYERS.parse(row.tree), labels), "now": row.holds_on(today)} for row in rows
    ]
    context = {
        "programme": shown,
        "state": WORDS[state_of(shown, today)],
        "tone": TONES[state_of(shown, today)],
        "time": elapsed(shown, today),
        "target": translated(shown.target) if shown.target else "",
        "offers": translated(shown.offers) if shown.offers else [],
        "places": shown.territory.all(),
        "services": shown.services.select_related("line").order_by("line__position", "position", "id"),
        "limits": shown.limits.select_related("service").order_by("id"),
        "indicators": shown.indicators.order_by("position", "id"),
        "rule": next((one for one in rules if one["now"]), rules[0] if rules else None),
        "rules": rules,
        "can_write": request.actor.can(PROGRAMMES_WRITE),
        "idle": [shown] if shown.idle else [],
        "can_see_figures": leads(request.actor, "figures"),
    }
    return render(request, "funding/programme.html", context)
