"""A copy of somebody's data, of whichever kind of `access.subjects` they are."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from przystan.access.subjects import Subject
from przystan.errands.answering import answered, or_back
from przystan.errands.models import Errand
from przystan.errands.runners import Result

from .. import actions, exports
from ..by_errand import COPY, rights_of
from ..forms import CopyForm
from ..models import Pack
from ..subject import PEOPLE
from .common import as_file, person_or_404, subject_or_404


@require_POST
def copy(request: HttpRequest, ref: str) -> HttpResponse:
    """Of who comes."""
    return _made(request, PEOPLE, person_or_404(request, ref))


@require_POST
def subject_copy(request: HttpRequest, model: str, ref: str) -> HttpResponse:
    """Of anybody else."""
    return _made(request, *subject_or_404(request, model, ref))


def _made(request: HttpRequest, subject: Subject, row: Any) -> HttpResponse:
    """The passphrase of the copy, shown once: its file is there, or a job makes it meanwhile."""
    form, back = CopyForm(request.POST), rights_of(subject.model, row.ref)
    if not form.is_valid():
        return redirect(back)
    words = exports.passphrase()

    def shown(errand: Errand | None = None, fetch_url: str = "") -> HttpResponse:
        context = {"back": back, "words": words, "errand": errand, "fetch_url": fetch_url}
        return render(request, "privacy/copy_made.html", context)

    asked = {"model": subject.model, "ref": row.ref, "language": form.cleaned_data["language"], "words": words}

    def made(result: Result) -> HttpResponse:
        return shown(fetch_url=reverse("privacy:fetch", args=[json.loads(result.content)["pack"]]))

    return or_back(request, COPY.code, asked, lambda: answered(request, COPY.code, asked, made, later=shown))


@require_POST
def fetch(request: HttpRequest, ref: str) -> HttpResponse:
    """The closed file, for who made it."""
    mine = Pack.objects.seen_by(request.actor).filter(release=None).select_related("person")
    return as_file(actions.fetch(by=request.actor, pack=get_object_or_404(mine, ref=ref)))
