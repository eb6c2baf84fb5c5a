"""A copy of somebody's data, of whichever kind of `access.subjects` they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from przystan.access.subjects import Subject

from .. import actions, exports
from ..forms import CopyForm
from ..models import Pack
from ..subject import PEOPLE
from .common import as_file, person_or_404, rights_of, subject_or_404


@require_POST
def copy(request: HttpRequest, ref: str) -> HttpResponse:
    """Of who comes."""
    return _made(request, PEOPLE, person_or_404(request, ref))


@require_POST
def subject_copy(request: HttpRequest, model: str, ref: str) -> HttpResponse:
    """Of anybody else."""
    return _made(request, *subject_or_404(request, model, ref))


def _made(request: HttpRequest, subject: Subject, row: Any) -> HttpResponse:
    """Make the copy, and show its passphrase once."""
    form, back = CopyForm(request.POST), rights_of(subject.model, row.ref)
    if not form.is_valid():
        return redirect(back)
    language, words = form.cleaned_data["language"], exports.passphrase()
    sections = actions.gather(by=request.actor, subject=subject, row=row, language=language)
    content = exports.packed(sections, language, words, subject.preface)
    pack = actions.keep_pack(by=request.actor, subject=subject, row=row, language=language, content=content)
    return render(request, "privacy/copy_made.html", {"back": back, "pack": pack, "words": words})


@require_POST
def fetch(request: HttpRequest, ref: str) -> HttpResponse:
    """The closed file, for who made it."""
    mine = Pack.objects.seen_by(request.actor).filter(release=None).select_related("person")
    return as_file(actions.fetch(by=request.actor, pack=get_object_or_404(mine, ref=ref)))
