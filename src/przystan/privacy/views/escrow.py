"""The emergency key of the organisation: who holds it, and how many must agree."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.access.models import UserKey
from przystan.access.rights import GLASS_APPROVE
from przystan.team.queries import colleagues, holders
from przystan.ui.pages import button, saved

from .. import actions, queries
from ..forms import EscrowForm


def emergency_key(request: HttpRequest) -> HttpResponse:
    """How it is set up, what waits for a second person, and the form that asks for another."""
    form = EscrowForm(request.POST or None)
    form.fields["custodians"].choices = _candidates(request)
    if saved(form, lambda: actions.plan_key(by=request.actor, **form.plan())):
        messages.success(request, _("Asked. It is in force when a second person has agreed."))
        return redirect("privacy:escrow")
    actor = request.actor
    context = {"form": form, "key": queries.key_in_force(actor), "plan": queries.key_planned(actor)}
    return render(request, "privacy/escrow.html", context)


@button("privacy:escrow", done=gettext_lazy("The emergency key is set up."))
def confirm(request: HttpRequest, plan: int) -> None:
    """The second person agrees."""
    actions.confirm_key(by=request.actor, plan=plan)


@button("privacy:escrow", done=gettext_lazy("All stays as it was."))
def withdraw(request: HttpRequest, plan: int) -> None:
    actions.withdraw_key(by=request.actor, plan=plan)


def _candidates(request: HttpRequest) -> list[tuple[str, str]]:
    """Colleagues with a confirmed key whose roles may approve an emergency look."""
    ready = UserKey.objects.filter(recovery_confirmed_at__isnull=False).values("user_id")
    approving = holders(GLASS_APPROVE).values("pk")
    users = colleagues(request.actor).filter(pk__in=ready).filter(pk__in=approving)
    return [(user.ref, user.full_name) for user in users]
