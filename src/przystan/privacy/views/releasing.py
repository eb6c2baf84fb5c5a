"""Copies of files of tiers 3 and 4, for who leads the file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access.keys.unlocked import has_key
from przystan.access.modules import way
from przystan.ui.pages import attempt, only_if

from .. import actions, exports, queries
from ..enums import Ground
from ..forms import FileCopyForm, WithholdForm
from ..models import SubjectRequest
from ..queries.releasing import File, file_seen, leads
from .common import as_file

# With what the copy of a file begins.
OF_FILE = gettext_lazy(
    "This is one file about you that is kept under professional secrecy or protection (General Data Protection "
    "Regulation, Art. 15). You have it from the professional who leads it. Members of staff are not named."
)


def file_copy(request: HttpRequest, model: str, ref: str) -> HttpResponse:
    """Make the copy of a file and show its passphrase once; what was decided before."""
    file, asked = _asked_or_404(request, model, ref)
    form = FileCopyForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, file, form)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("privacy:file_copy", model=model, ref=ref)
    return _page(request, file, asked, form, WithholdForm())


@require_POST
def withhold(request: HttpRequest, model: str, ref: str) -> HttpResponse:
    """Keep the file back, with a reason."""
    file, asked = _asked_or_404(request, model, ref)
    form = WithholdForm(request.POST)
    if not form.is_valid():
        return _page(request, file, asked, FileCopyForm(initial={"language": get_language()}), form)
    ground, words = Ground(form.cleaned_data["ground"]), form.cleaned_data["words"]
    done = _("Written down. Tell the person why, and that they may complain.")
    if attempt(request, lambda: actions.withhold(by=request.actor, file=file, ground=ground, words=words), done):
        return redirect(way(file.holder.way, ref))
    return redirect("privacy:file_copy", model=model, ref=ref)


@require_POST
def fetch(request: HttpRequest, model: str, ref: str, pack: str) -> HttpResponse:
    """The closed file, for who made it and still leads it."""
    file = _file_or_404(request, model, ref)
    only_if(leads(request.actor, file))
    found = get_object_or_404(queries.packs_of_file(request.actor, file), ref=pack)
    return as_file(actions.fetch_file(by=request.actor, file=file, pack=found))


def _made(request: HttpRequest, file: File, form: FileCopyForm) -> HttpResponse:
    language, words = form.cleaned_data["language"], exports.passphrase()
    earlier = form.cleaned_data["earlier"]
    sections = actions.gather_file(by=request.actor, file=file, language=language, earlier=earlier)
    content = exports.packed(sections, language, words, (OF_FILE,))
    pack = actions.keep_file_pack(by=request.actor, file=file, language=language, content=content)
    return render(request, "privacy/file_made.html", {"file": file, "pack": pack, "words": words, "errand": None})


def _page(
    request: HttpRequest, file: File, asked: SubjectRequest, form: FileCopyForm, other: WithholdForm
) -> HttpResponse:
    context = {
        "file": file,
        "asked": asked,
        "release": queries.release_of(file, asked),
        "locked": not has_key(request.actor),
        "form": form,
        "other": other,
        "packs": queries.packs_of_file(request.actor, file),
    }
    return render(request, "privacy/file_copy.html", context)


def _file_or_404(request: HttpRequest, model: str, ref: str) -> File:
    file = file_seen(request.actor, model, ref)
    if file is None:
        raise Http404
    return file


def _asked_or_404(request: HttpRequest, model: str, ref: str) -> tuple[File, SubjectRequest]:
    """The file and the request for its copy; missing for who does not lead it, and while nobody has asked."""
    file = _file_or_404(request, model, ref)
    asked = queries.asked_of(request.actor, file)
    if asked is None:
        raise Http404
    return file, asked
