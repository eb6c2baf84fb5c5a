"""What pages do again and again, said once: find or "not found", save what a form says, do something and say so."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest

from .forms import refuse

P = ParamSpec("P")
T = TypeVar("T")


def or_404(fetch: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a query gives: `or_404(case_seen, request.actor, ref)`. Where it finds nothing, the page is missing."""
    try:
        return fetch(*args, **kwargs)
    except ObjectDoesNotExist:
        raise Http404 from None


def only_if(allowed: object) -> None:
    """For whoever may not open a page it is missing, as if it were not there."""
    if not allowed:
        raise Http404


def saved(form: BaseForm, save: Callable[[], object]) -> bool:
    """Whether the form was sent, is right, and `save` took it. What was refused is said in the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        save()
    except ValidationError as error:
        refuse(form, error)
        return False
    return True


def attempt(request: HttpRequest, work: Callable[[], object], done: str = "") -> bool:
    """Do it and say so, or say why not. Returns whether it was done."""
    try:
        work()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    if done:
        messages.success(request, done)
    return True
