"""A confirmation of support, to print and sign."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from przystan.people.policies import sensitive
from przystan.people.queries import person_seen
from przystan.support.actions import confirm_given
from przystan.support.queries.confirming import services_given
from przystan.ui.pages import made, only_if, or_404

from ..forms.confirmation import ConfirmationForm
from ..queries.confirmation import gloss_for, paper


def confirmation(request: HttpRequest, ref: str) -> HttpResponse:
    """What is to stand on it; then the paper, whose making is written down."""
    actor, person = request.actor, or_404(person_seen, request.actor, ref)
    only_if(sensitive(actor, person).allowed)
    services, initial = services_given(actor, person), {"gloss": gloss_for(person)}
    form = ConfirmationForm(request.POST or None, services=services, initial=initial)

    def make() -> HttpResponse:
        said = form.cleaned_data
        given = confirm_given(
            by=actor, person=person, services=said["services"], since=said["since"], until=said["until"]
        )
        context = {"paper": paper(actor, person, given, said["gloss"]), "person": person}
        return render(request, "desk/confirmation_paper.html", context)

    done = made(form, make)
    return done or render(request, "desk/confirmation.html", {"form": form, "person": person, "given": services})
