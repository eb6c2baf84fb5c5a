"""The two quick ways to log: an anonymous contact, and a group."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from przystan.access.scope import all_or_nothing
from przystan.funding.actions import give, give_group
from przystan.ledger.actions import LoggedAlready
from przystan.support.models import Support
from przystan.ui.forms import refuse

from ..forms.choices import Offer
from ..forms.quick import ContactForm, GroupForm
from .log import tell
from .who import is_searching, who_of


def contact(request: HttpRequest) -> HttpResponse:
    """Ten seconds: what about, which language, save. The next one starts at once."""
    offer = Offer(request.actor)
    start = {"mode": request.GET.get("mode", "in_person")}
    form = ContactForm(request.POST or None, actor=request.actor, offer=offer, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            with all_or_nothing():
                support = give(by=request.actor, entry=form.entry()).support
        except LoggedAlready:
            return redirect("desk:contact")
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _counted(support))
            return redirect("desk:contact")
    return render(request, "desk/contact.html", {"form": form})


def group(request: HttpRequest) -> HttpResponse:
    """A lesson, a workshop, an event."""
    form = GroupForm(request.POST or None, actor=request.actor, offer=Offer(request.actor))
    if request.method == "POST" and not is_searching(request, form) and form.is_valid():
        try:
            with all_or_nothing():
                made = give_group(by=request.actor, entry=form.entry(), title=form.cleaned_data["title"])
        except LoggedAlready:
            return redirect("desk:supports")
        except ValidationError as error:
            refuse(form, error)
        else:
            tell(request, made.given[0].support)
            return redirect("desk:supports")
    return render(request, "desk/group.html", {"form": form, "who": who_of(request, form)})


def _counted(support: Support) -> str:
    n = support.headcount
    return ngettext("Saved: a contact with %(n)s person.", "Saved: a contact with %(n)s people.", n) % {"n": n}
