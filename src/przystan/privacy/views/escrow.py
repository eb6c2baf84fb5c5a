"""The emergency key of the organisation: who holds it, and how many must agree."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.access import audit
from przystan.access.keys import escrow
from przystan.access.models import User, UserKey
from przystan.access.rights import Right
from przystan.team.queries import colleagues, holders
from przystan.ui.forms import Form
from przystan.ui.widgets import Checks, Choices


class EscrowForm(Form):
    """Custodians are chosen among those who have a key of their own."""

    custodians = forms.MultipleChoiceField(label=gettext_lazy("Who holds it"), widget=Checks())
    needed = forms.ChoiceField(
        label=gettext_lazy("Who must agree before a protected file is opened"),
        choices=[("1", gettext_lazy("any one of them")), ("2", gettext_lazy("any two of them, of at least three"))],
        widget=Choices(),
        initial="1",
    )


def page(request: HttpRequest) -> HttpResponse:
    """How it is set up, and the form that sets it up anew."""
    form = EscrowForm(request.POST or None)
    form.fields["custodians"].choices = _candidates(request)
    if request.method == "POST" and form.is_valid():
        chosen = User.objects.filter(ref__in=form.cleaned_data["custodians"]).values_list("pk", flat=True)
        try:
            made = escrow.set_up(request.actor.organisation_id, list(chosen), int(form.cleaned_data["needed"]))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            audit.record(request.actor, "escrow.set_up", made)
            messages.success(request, _("The emergency key is set up."))
            return redirect("privacy:escrow")
    organisation = request.actor.organisation_id
    custodians = User.objects.filter(pk__in=escrow.custodians(organisation)).order_by("full_name")
    context = {"form": form, "needed": escrow.needed(organisation), "custodians": custodians}
    return render(request, "privacy/escrow.html", context)


def _candidates(request: HttpRequest) -> list[tuple[str, str]]:
    """Colleagues with a confirmed key whose roles may approve an emergency look."""
    ready = UserKey.objects.filter(recovery_confirmed_at__isnull=False).values("user_id")
    approving = holders(Right.GLASS_APPROVE).values("pk")
    users = colleagues(request.actor).filter(pk__in=ready).filter(pk__in=approving)
    return [(user.ref, user.full_name) for user in users]
