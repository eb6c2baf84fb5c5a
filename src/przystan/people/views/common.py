"""Fetching a person for a page, and telling what an action refused."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ..models import Person
from ..policies import sensitive


def person_or_404(request: HttpRequest, ref: str) -> Person:
    """A person whose page is open to the actor, who was not merged into another."""
    people = Person.objects.open_to(request.actor).current().prefetch_related("names")
    return get_object_or_404(people, ref=ref)


def sensitive_or_404(request: HttpRequest, ref: str) -> Person:
    """A person whose sensitive facts the actor may read and write."""
    person = person_or_404(request, ref)
    if not sensitive(request.actor, person).allowed:
        raise Http404
    return person


def refuse(form: BaseForm, error: ValidationError) -> None:
    """Show what an action refused: beside its field where the form has it, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for field, messages in error.message_dict.items():
        form.add_error(field if field in form.fields else None, messages)
