"""What pages do again and again, said once: find or "not found", save what a form says, do something and say so.

Words are given as they are, or lazily where they stand outside of a function.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_POST

from .forms import refuse

P = ParamSpec("P")
T = TypeVar("T")
Words = str | Promise
Act = Callable[..., str | None]
View = Callable[..., HttpResponse]


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


def attempt(request: HttpRequest, work: Callable[[], object], done: Words = "") -> bool:
    """Do it and say so, or say why not. Returns whether it was done."""
    try:
        work()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    if done:
        messages.success(request, str(done))
    return True


def button(to: str | Callable[..., str], *words: str, done: Words = "") -> Callable[[Act], View]:
    """Makes a view of an act behind a button: it is only posted, said to be done or why it was refused, and leads on.

    to: name of the page to which it leads, or what makes its path; `words` are those of the address that it needs:
        `@button(MEMBER, "ref", done=_("Saved."))`. Where the act gives a path, that is where its success leads.
    """

    def made_of(act: Act) -> View:
        @require_POST
        @wraps(act)
        def view(request: HttpRequest, **named: str) -> HttpResponse:
            there: list[str | None] = []
            attempt(request, lambda: there.append(act(request, **named)), done)
            taken = [named[word] for word in words]
            back = reverse(to, args=taken) if isinstance(to, str) else to(*taken)
            return redirect(next(filter(None, there), back))

        return view

    return made_of
