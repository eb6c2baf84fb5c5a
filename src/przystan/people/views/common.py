"""Fetching a person for a page, and telling what an action refused."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ..models import Person


def person_or_404(request: HttpRequest, ref: str) -> Person:
    """A person the actor may see, who was not merged into another."""
    people = Person.objects.seen_by(request.actor).current().prefetch_related("names")
    return get_object_or_404(people, ref=ref)


def refuse(form: BaseForm, error: ValidationError) -> None:
    """Show what an action refused: beside its field where the form has it, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for field, messages in error.message_dict.items():
        form.add_error(field if field in form.fields else None, messages)
