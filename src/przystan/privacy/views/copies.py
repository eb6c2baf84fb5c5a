"""A copy of somebody's data, of whichever kind of `access.subjects` they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from .. import actions, exports
from ..forms import CopyForm
from ..models import Pack
from ..models.packs import PERSON
from .common import as_file, rights_of, subject_or_404


@require_POST
def copy(request: HttpRequest, ref: str, model: str = PERSON) -> HttpResponse:
    """Make the copy, and show its passphrase once."""
    subject, row = subject_or_404(request, model, ref)
    form, back = CopyForm(request.POST), rights_of(model, ref)
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
