"""The emergency key of the organisation: who holds it, and how many must agree."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.access.models import User, UserKey
from przystan.access.rights import GLASS_APPROVE
from przystan.team.queries import colleagues, holders
from przystan.ui.forms import Form
from przystan.ui.pages import attempt, saved
from przystan.ui.widgets import Checks, Choices

from .. import actions, queries


class EscrowForm(Form):
    """Custodians are chosen among those who have a key of their own."""

    custodians = forms.MultipleChoiceField(label=gettext_lazy("Who holds it"), widget=Checks())
    needed = forms.ChoiceField(
        label=gettext_lazy("Who must agree before a protected file is opened"),
        choices=[("1", gettext_lazy("any one of them")), ("2", gettext_lazy("any two of them, of at least three"))],
        widget=Choices(),
        initial="1",
    )

    def plan(self) -> dict[str, Any]:
        """What `plan_key` takes."""
        chosen = list(User.objects.filter(ref__in=self.cleaned_data["custodians"]))
        return {"custodians": chosen, "needed": int(self.cleaned_data["needed"])}


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


@require_POST
def confirm(request: HttpRequest, plan: int) -> HttpResponse:
    """The second person agrees."""
    done = _("The emergency key is set up.")
    attempt(request, lambda: actions.confirm_key(by=request.actor, plan=plan), done)
    return redirect("privacy:escrow")


@require_POST
def withdraw(request: HttpRequest, plan: int) -> HttpResponse:
    """All stays as it was."""
    attempt(request, lambda: actions.withdraw_key(by=request.actor, plan=plan), _("All stays as it was."))
    return redirect("privacy:escrow")


def _candidates(request: HttpRequest) -> list[tuple[str, str]]:
    """Colleagues with a confirmed key whose roles may approve an emergency look."""
    ready = UserKey.objects.filter(recovery_confirmed_at__isnull=False).values("user_id")
    approving = holders(GLASS_APPROVE).values("pk")
    users = colleagues(request.actor).filter(pk__in=ready).filter(pk__in=approving)
    return [(user.ref, user.full_name) for user in users]
