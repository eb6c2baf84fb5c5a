"""The pages of sample."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from przystan.access.modules import way
from przystan.people.models import Person
from przystan.ui.pages import saved
from przystan.ui.paging import paginate

from . import actions, queries
from .forms import ItemForm


def index(request: HttpRequest) -> HttpResponse:
    """All rows, newest first."""
    return render(request, "sample/index.html", {"page": paginate(request, queries.items(request.actor))})


def new(request: HttpRequest) -> HttpResponse:
    """One more row about the person of `?person=`."""
    person = _person_or_404(request, request.GET.get("person", ""))
    form = ItemForm(request.POST or None)
    if saved(form, lambda: actions.add_item(by=request.actor, person=person, **form.cleaned_data)):
        messages.success(request, _("It is written down."))
        return redirect(way("person", person.ref))
    return render(request, "sample/new.html", {"form": form, "person": person})


def _person_or_404(request: HttpRequest, ref: str) -> Person:
    people = Person.objects.open_to(request.actor).current().prefetch_related("names")
    return get_object_or_404(people, ref=ref)
