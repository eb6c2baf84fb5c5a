"""Erasure: what will go, asking for it, confirming what another asked, what was done; and how long what is kept."""

from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.access import audit
from przystan.access.actors import system
from przystan.access.modules import holders
from przystan.access.rights import AUDIT_READ
from przystan.access.scope import looking
from przystan.access.tiers import title_of
from przystan.people.rights import PEOPLE_ANSWER
from przystan.ui.pages import attempt, button, only_if, saved
from przystan.ui.paging import paginate

from .. import actions, queries
from ..forms import RuleForm
from ..models import Erasure, RetentionRule
from ..policies import may_set_times
from ..queries.due import rules_of
from ..queries.plans import plan_of, telling
from .common import person_or_404


def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """What goes, what is emptied, what stays; the post asks a second person."""
    person = person_or_404(request, ref)
    if request.method == "POST":
        done = _("Asked. A colleague who answers for people, or the data protection officer, confirms it.")
        attempt(request, lambda: actions.ask_erasure(by=request.actor, person=person), done)
        return redirect("privacy:person", ref=ref)
    with looking(system(request.actor.organisation_id, "preview")):
        counts = plan_of(person).counts(actor=request.actor)
    if names := telling(counts):
        audit.read(request.actor, person, names, purpose="preview")
    context = {"person": person, "parts": in_words(counts), "waiting": queries.waiting_for(person)}
    return render(request, "privacy/erasure.html", context)


def erasures(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was done."""
    files = (holder.right for holder in holders().values())
    only_if(any(request.actor.can(right) for right in (PEOPLE_ANSWER, AUDIT_READ, *files)))
    page = paginate(request, queries.erased(request.actor), size=30, counted=False)
    done = [{"erasure": one, "parts": in_words(one.report)} for one in page.items]
    context = {"waiting": queries.to_confirm(request.actor), "page": page, "done": done}
    return render(request, "privacy/erasures.html", context)


@button("privacy:erasures", done=gettext_lazy("Erased."))
def confirm(request: HttpRequest, ref: str) -> None:
    actions.confirm_erasure(by=request.actor, erasure=_erasure(request, ref))


@button("privacy:erasures", done=gettext_lazy("Nothing was erased."))
def withdraw(request: HttpRequest, ref: str) -> None:
    actions.withdraw_erasure(by=request.actor, erasure=_erasure(request, ref))


def retention(request: HttpRequest) -> HttpResponse:
    """How long what is kept, and why."""
    actor = request.actor
    only_if(actor.can(PEOPLE_ANSWER) or actor.can(AUDIT_READ))
    context = {
        "rules": rules_of(actor.organisation_id, timezone.localdate()),
        "can_change": may_set_times(actor),
        "can_automate": actor.can(AUDIT_READ),
    }
    return render(request, "privacy/retention.html", context)


def rule(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the times of one rule for one's own organisation."""
    only_if(may_set_times(request.actor))
    found = _rule(request, ref)
    form = RuleForm(request.POST or None, instance=found)
    if saved(form, lambda: actions.set_rule(by=request.actor, rule=_rule(request, ref), values=form.cleaned_data)):
        return redirect("privacy:retention")
    return render(request, "privacy/rule.html", {"form": form, "rule": found})


@require_POST
def automatic(request: HttpRequest, ref: str) -> HttpResponse:
    """Erase by this rule without asking, or ask again."""
    found, on = _rule(request, ref), "on" in request.POST
    done = _("From now on nobody is asked.") if on else _("From now on somebody confirms.")
    attempt(request, lambda: actions.set_automatic(by=request.actor, rule=found, automatic=on), done)
    return redirect("privacy:retention")


def _rule(request: HttpRequest, ref: str) -> RetentionRule:
    """The rule of this reference, or the organisation's own that took the place of a shipped one meanwhile.

    For a post its row is locked first: of two who change a shipped rule at once, the second finds the own one.
    """
    rows = RetentionRule.objects.select_for_update() if request.method == "POST" else RetentionRule.objects.all()
    named = get_object_or_404(rows, ref=ref)
    rules = rules_of(request.actor.organisation_id, timezone.localdate())
    found = next((one for one in rules if one.code == named.code and one.programme_id == named.programme_id), None)
    if found is None or named.organisation_id not in (None, found.organisation_id):
        raise Http404
    return found


def _erasure(request: HttpRequest, ref: str) -> Erasure:
    """One that the actor asked for, or may confirm."""
    mine = Erasure.objects.filter(organisation_id=request.actor.organisation_id, asked_by_id=request.actor.user_id)
    found = [one for one in queries.to_confirm(request.actor) if one.ref == ref]
    return found[0] if found else get_object_or_404(mine, ref=ref)


def in_words(counts: dict[str, Any]) -> list[tuple[str, list[tuple[str, int]]]]:
    """[(what happens, [(table, rows)])], most rows first."""
    headings = {
        "deleted": _("Is deleted"),
        "emptied": _("Stays, without anything personal"),
        "kept": _("Stays: it is counted, or belongs to others too"),
    }
    return [(words, _named(counts[key])) for key, words in headings.items() if counts.get(key)]


def _named(rows: dict[str, int]) -> list[tuple[str, int]]:
    named = [(title_of(apps.get_model(label)), count) for label, count in rows.items()]
    return sorted(named, key=lambda one: (-one[1], one[0]))
