"""The pages of sample."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access.modules import way
from przystan.people.models import Person
from przystan.people.policies import sensitive
from przystan.ui.pages import attempt, or_404, saved
from przystan.ui.paging import paginate

from . import actions, queries
from .forms import ItemForm


def index(request: HttpRequest) -> HttpResponse:
    """All rows, newest first."""
    return render(request, "sample/index.html", {"page": paginate(request, queries.items(request.actor))})


def new(request: HttpRequest) -> HttpResponse:
    """One more row about the person of `?person=`."""
    person = _person_or_404(request, request.GET.get("person", ""))
    form = ItemForm(request.POST or None, sensitive=sensitive(request.actor, person).allowed)
    if saved(form, lambda: actions.add_item(by=request.actor, person=person, **form.cleaned_data)):
        messages.success(request, _("It is written down."))
        return redirect(way("person", person.ref))
    return render(request, "sample/new.html", {"form": form, "person": person})


@require_POST
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """The button on a row: a small act, done at once."""
    found = or_404(queries.item, request.actor, ref)
    attempt(request, lambda: actions.finish_item(by=request.actor, item=found), _("It is done."))
    return redirect(way("home") if "today" in request.POST else way("person", found.person.ref))


def remove(request: HttpRequest, ref: str) -> HttpResponse:
    """What cannot be undone is asked once more, on a page of its own."""
    found = or_404(queries.item, request.actor, ref)
    there = way("person", found.person.ref)
    if request.method == "POST":
        attempt(request, lambda: actions.remove_item(by=request.actor, item=found), _("It is removed."))
        return redirect(there)
    return render(request, "sample/remove.html", {"item": found, "there": there})


def _person_or_404(request: HttpRequest, ref: str) -> Person:
    people = Person.objects.open_to(request.actor).current().prefetch_related("names")
    return get_object_or_404(people, ref=ref)
