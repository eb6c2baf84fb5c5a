"""The rules of the gate: as they are, as they were, and as somebody wants them from a day on."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.ui.pages import button, only_if, saved

from .. import actions
from ..forms.rules import FORMS
from ..models import AgreementRule, ProofRule
from ..policies import may_ask_rule, may_confirm_rule
from ..queries.rules import rules_of

MODELS: dict[str, Any] = {"proof": ProofRule, "agreement": AgreementRule}


def rules(request: HttpRequest) -> HttpResponse:
    """What is asked for, how long it holds, where that stands, and who changed it; what waits for a second person."""
    waiting = [
        {
            "of": of,
            "rule": rule,
            "may_confirm": may_confirm_rule(request.actor, rule),
            "mine": rule.asked_by_id == request.actor.user_id,
        }
        for of, model in MODELS.items()
        for rule in _ours(request, model.every.waiting()).select_related("kind", "asked_by", "replaces")
    ]
    context = {
        "proofs": rules_of(ProofRule, request.actor.organisation_id),
        "agreements": rules_of(AgreementRule, request.actor.organisation_id),
        "waiting": waiting,
        "can_ask": may_ask_rule(request.actor),
        "today": timezone.localdate(),
    }
    return render(request, "staff/rules.html", context)


def change(request: HttpRequest, of: str, pk: int) -> HttpResponse:
    """Ask for another rule from a day on; a second person confirms it."""
    only_if(may_ask_rule(request.actor) and of in MODELS)
    before = get_object_or_404(MODELS[of].objects.of(request.actor.organisation_id).select_related("kind"), pk=pk)
    form = FORMS[of](request.POST or None, instance=_from(before))
    if saved(form, lambda: actions.ask_rule(by=request.actor, rule=form.save(commit=False))):
        messages.success(request, _("Asked. A second person who leads all points confirms it on this page."))
        return redirect("staff:rules")
    return render(request, "staff/rule.html", {"form": form, "rule": before})


def _from(before: Any) -> Any:
    """A new row that says the same, from a day that is still to be chosen."""
    made = copy(before)
    made.pk, made._state, made.valid_from, made.replaces = None, type(before)()._state, None, before
    made.asked_at = made.asked_by = made.confirmed_at = made.confirmed_by = None
    return made


@button("staff:rules", done=gettext_lazy("It holds from its first day on."))
def confirm(request: HttpRequest, of: str, pk: int) -> None:
    actions.confirm_rule(by=request.actor, rule=_asked(request, of, pk))


@button("staff:rules", done=gettext_lazy("Nothing was changed."))
def withdraw(request: HttpRequest, of: str, pk: int) -> None:
    actions.withdraw_rule(by=request.actor, rule=_asked(request, of, pk))


def _asked(request: HttpRequest, of: str, pk: int) -> Any:
    only_if(of in MODELS)
    return get_object_or_404(_ours(request, MODELS[of].every.filter(asked_by__isnull=False)), pk=pk)


def _ours(request: HttpRequest, rows: Any) -> Any:
    return rows.filter(organisation_id=request.actor.organisation_id).order_by("asked_at", "pk")
