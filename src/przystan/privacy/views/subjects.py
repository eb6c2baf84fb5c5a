"""The rights of who works here over their own data: how long what is kept, and a copy."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from przystan.access.modules import subjects
from przystan.access.subjects import Subject
from przystan.ui.pages import only_if, or_404

from .. import actions, exports
from ..forms import CopyForm
from ..queries.subjects import kept_of, packs_of_subject
from .common import as_file
from .erasing import in_words


def subject(request: HttpRequest, model: str, ref: str) -> HttpResponse:
    """For themselves, and for who answers for them."""
    kind, row = _found(request, model, ref)
    kept = kept_of(kind, row)
    context = {
        "model": model,
        "row": row,
        "back": kind.address(request.actor, row),
        "mine": kind.is_self(request.actor, row),
        "kept": kept,
        "parts": in_words(kept.counts),
        "packs": packs_of_subject(request.actor, kind, row),
        "copy_form": CopyForm(initial={"language": get_language()}),
    }
    return render(request, "privacy/subject.html", context)


@require_POST
def copy(request: HttpRequest, model: str, ref: str) -> HttpResponse:
    """Make the copy, and show its passphrase once."""
    kind, row = _found(request, model, ref)
    form = CopyForm(request.POST)
    if not form.is_valid():
        return redirect("privacy:subject", model, ref)
    language, words = form.cleaned_data["language"], exports.passphrase()
    sections = actions.gather_subject(by=request.actor, subject=kind, row=row, language=language)
    content = exports.packed(sections, language, words, "privacy/copy_of_staff.html")
    pack = actions.keep_subject_pack(by=request.actor, subject=kind, row=row, language=language, content=content)
    return render(request, "privacy/subject_made.html", {"model": model, "row": row, "pack": pack, "words": words})


@require_POST
def fetch(request: HttpRequest, model: str, ref: str, pack: str) -> HttpResponse:
    """The closed file, for who made it."""
    kind, row = _found(request, model, ref)
    found = get_object_or_404(packs_of_subject(request.actor, kind, row), ref=pack)
    return as_file(actions.fetch_subject(by=request.actor, subject=kind, row=row, pack=found))


def _found(request: HttpRequest, model: str, ref: str) -> tuple[Subject, Any]:
    kind = subjects().get(model)
    only_if(kind)
    assert kind
    return kind, or_404(kind.seen, request.actor, ref)
