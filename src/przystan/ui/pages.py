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


def made(form: BaseForm, make: Callable[[], T]) -> T | None:
    """What `make` made of a form that was sent and is right, else None. What was refused is said in the form."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return make()
    except ValidationError as error:
        refuse(form, error)
        return None


def saved(form: BaseForm, save: Callable[[], object]) -> bool:
    """Whether the form was sent, is right, and `save` took it. What was refused is said in the form."""
    return made(form, lambda: [save()]) is not None


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
