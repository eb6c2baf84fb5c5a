"""Copies of case files of tiers 3 and 4, for who leads the file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.casework.models import CaseFile
from przystan.casework.queries import case_seen, leads
from przystan.casework.queries.texts import has_key

from .. import actions, exports, queries
from ..enums import Ground
from ..forms import FileCopyForm, WithholdForm
from ..models import SubjectRequest
from .common import as_file


def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Make the copy of a file and show its passphrase once; what was decided before."""
    case, asked = _asked_or_404(request, ref)
    form = FileCopyForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, case, form)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("privacy:file_copy", ref=ref)
    return _page(request, case, asked, form, WithholdForm())


@require_POST
def withhold(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep the file back, with a reason."""
    case, asked = _asked_or_404(request, ref)
    form = WithholdForm(request.POST)
    if not form.is_valid():
        return _page(request, case, asked, FileCopyForm(initial={"language": get_language()}), form)
    ground, words = Ground(form.cleaned_data["ground"]), form.cleaned_data["words"]
    try:
        actions.withhold(by=request.actor, case=case, ground=ground, words=words)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("privacy:file_copy", ref=ref)
    messages.success(request, _("Written down. Tell the person why, and that they may complain."))
    return redirect("casework:case", ref=ref)


@require_POST
def fetch(request: HttpRequest, ref: str, pack: str) -> HttpResponse:
    """The closed file, for who made it and still leads the case."""
    case = _case_or_404(request, ref)
    if not leads(request.actor, case):
        raise Http404
    found = get_object_or_404(queries.packs_of_file(request.actor, case), ref=pack)
    return as_file(actions.fetch_file(by=request.actor, case=case, pack=found))


def _made(request: HttpRequest, case: CaseFile, form: FileCopyForm) -> HttpResponse:
    language, words = form.cleaned_data["language"], exports.passphrase()
    earlier = form.cleaned_data["earlier"]
    sections = actions.gather_file(by=request.actor, case=case, language=language, earlier=earlier)
    content = exports.packed(sections, language, words, "privacy/copy_of_file.html")
    pack = actions.keep_file_pack(by=request.actor, case=case, language=language, content=content)
    return render(request, "privacy/file_made.html", {"case": case, "pack": pack, "words": words})


def _page(
    request: HttpRequest, case: CaseFile, asked: SubjectRequest, form: FileCopyForm, other: WithholdForm
) -> HttpResponse:
    context = {
        "case": case,
        "asked": asked,
        "release": queries.release_of(case, asked),
        "locked": not has_key(request.actor),
        "form": form,
        "other": other,
        "packs": queries.packs_of_file(request.actor, case),
    }
    return render(request, "privacy/file_copy.html", context)


def _case_or_404(request: HttpRequest, ref: str) -> CaseFile:
    try:
        return case_seen(request.actor, ref)
    except CaseFile.DoesNotExist:
        raise Http404 from None


def _asked_or_404(request: HttpRequest, ref: str) -> tuple[CaseFile, SubjectRequest]:
    """The file and the request for its copy; missing for who does not lead it, and while nobody has asked."""
    case = _case_or_404(request, ref)
    asked = queries.asked_of(request.actor, case)
    if asked is None:
        raise Http404
    return case, asked
