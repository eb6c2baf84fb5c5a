"""An answer at once where that is possible, else the page of the job: time decides, not how much it is."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from przystan.access.spending import OutOfTime, hurrying

from . import actions
from .models import Errand
from .runners import Result, Values, declared


def answer(request: HttpRequest, code: str, values: Values, about: str = "") -> HttpResponse:
    """The file that a runner makes, or the page where it can be fetched when a job has made it.

    The runner has ERRAND_SECONDS; what it wrote is undone when they are over. ValidationError as the runner raises it.
    """
    return or_back(request, code, values, lambda: answered(request, code, values, as_file, about))


def done(request: HttpRequest, code: str, values: Values, about: str = "") -> HttpResponse:
    """Where one came from, what a runner changes being changed, or refused in words; else the page of the job."""
    back = redirect(declared()[code].back(values))
    try:
        return answered(request, code, values, lambda result: back, about)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back


def or_back(request: HttpRequest, code: str, values: Values, work: Callable[[], HttpResponse]) -> HttpResponse:
    """What `work` answers, or where one came from, told that one has asked for too much."""
    try:
        return work()
    except actions.TooMany as error:
        messages.error(request, error.messages[0])
        return redirect(declared()[code].back(values))


def to_its_page(errand: Errand) -> HttpResponse:
    return redirect("errands:errand", ref=errand.ref)


def answered(
    request: HttpRequest,
    code: str,
    values: Values,
    show: Callable[[Result], HttpResponse],
    about: str = "",
    later: Callable[[Errand], HttpResponse] = to_its_page,
) -> HttpResponse:
    """As `answer`, but raises TooMany; `show` makes a page of what came of it, `later` one where a job does it."""
    runner = declared()[code]
    request.actor.require(*runner.rights)
    try:
        if runner.least > settings.ERRAND_SECONDS:
            raise OutOfTime
        with hurrying(settings.ERRAND_SECONDS) as hurry:
            result = runner.run(request.actor, values, lambda done, whole: hurry.check())
    except OutOfTime:
        return later(actions.ask(by=request.actor, code=code, values=values, about=about))
    return show(result)


def as_file(result: Result) -> HttpResponse:
    """To be saved under its name, which tells nothing of anybody."""
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{result.name}"'}
    return HttpResponse(result.content, content_type=result.type, headers=headers)
