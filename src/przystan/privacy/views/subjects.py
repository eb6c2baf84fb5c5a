"""The rights of who works here over their own data: how long what is kept, and a copy."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ..forms import CopyForm
from ..models.packs import PERSON
from ..queries import packs_of
from ..queries.subjects import kept_of
from .common import subject_or_404
from .erasing import in_words


def subject(request: HttpRequest, model: str, ref: str) -> HttpResponse:
    """For themselves, and for who answers for them. Who comes has a page of their own (`rights.person`)."""
    if model == PERSON:
        raise Http404
    kind, row = subject_or_404(request, model, ref)
    kept = kept_of(kind, row)
    context = {
        "model": model,
        "row": row,
        "back": kind.address(request.actor, row),
        "mine": kind.is_self(request.actor, row),
        "kept": kept,
        "parts": in_words(kept.counts),
        "packs": packs_of(request.actor, row),
        "copy_form": CopyForm(initial={"language": get_language()}),
    }
    return render(request, "privacy/subject.html", context)
