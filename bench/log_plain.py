"""The alternative of bench/log.py: a support saved the way Django's documentation shows first."""

from typing import Any

from django.db import transaction
from django.forms import inlineformset_factory, modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from przystan.access import audit
from przystan.access.addresses import page
from przystan.access.doors import door
from przystan.funding.models import Allocation, Programme
from przystan.people.models import Person
from przystan.project.urls import urlpatterns as ours
from przystan.support.models import Support, SupportPerson, SupportTopic
from przystan.support.rights import SUPPORT_LOG

FIELDS = ["point", "service", "staff", "day", "minutes", "mode", "language", "interpreter", "outcome"]
SupportForm = modelform_factory(Support, fields=FIELDS)
PeopleForms = inlineformset_factory(Support, SupportPerson, fields=["person"], extra=1)
TopicForms = inlineformset_factory(Support, SupportTopic, fields=["topic", "minutes"], extra=2)
PayerForm = modelform_factory(Allocation, fields=["programme", "reason"])


def sheet(sent: dict[str, Any]) -> dict[str, Any]:
    """The same support as these forms expect it: ids instead of references, and a payer that somebody chose."""
    programme = Programme.objects.filter(outside=False).order_by("-starts", "id").values_list("pk", flat=True)[0]
    person = Person.objects.values_list("pk", flat=True).get(ref=sent["people"])
    people = {"recipients-TOTAL_FORMS": 1, "recipients-INITIAL_FORMS": 0, "recipients-0-person": person}
    topics = {key.replace("topics", "efforts"): value for key, value in sent.items() if key.startswith("topics")}
    return sent | people | topics | {"minutes": 35, "programme": programme}


def plain(request: HttpRequest) -> HttpResponse:
    """Validate every form, then save them one after the other."""
    form = SupportForm(request.POST)
    people = PeopleForms(request.POST, prefix="recipients")
    topics = TopicForms(request.POST, prefix="efforts")
    payer = PayerForm(request.POST)
    if not all(part.is_valid() for part in (form, people, topics, payer)):
        return render(request, "ui/form.html", {"form": form, "errors": form.errors, "fields": [], "hidden_fields": []})
    with transaction.atomic(), door():
        support = form.save(commit=False)
        support.organisation_id = request.actor.organisation_id
        support.booked_on = support.day
        support.created_by_id = request.actor.user_id
        support.save()
        for formset in (people, topics):
            formset.instance = support
            formset.save()
        allocation = payer.save(commit=False)
        allocation.support = support
        allocation.by_id = request.actor.user_id
        allocation.save()
        audit.record(request.actor, "bench.record", support)
        audit.record(request.actor, "bench.attribute", support)
    return redirect("desk:support", ref=support.ref)


urlpatterns = [*ours, page("bench/plain/", plain, SUPPORT_LOG, "bench_plain")]
