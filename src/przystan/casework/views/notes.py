"""One note: its wordings, and a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from przystan.ui.forms import refuse
from przystan.ui.pages import only_if, or_404

from .. import actions
from ..forms import AmendForm
from ..policies import may_write
from ..queries import note_of, note_versions, roles_in
from ..queries.notes import Wording
from ..queries.texts import TextState
from .common import case_or_404


def note(request: HttpRequest, ref: str, note: str) -> HttpResponse:
    """All wordings, newest first. What somebody else saved meanwhile is shown beside what was typed."""
    case = case_or_404(request, ref)
    found = or_404(note_of, case, note)
    may = may_write(request.actor, case, roles_in(request.actor, case))
    only_if(may or request.method != "POST")
    form = AmendForm(request.POST or None)
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_note(by=request.actor, note=found, **form.cleaned_data)
        except actions.Conflict as both:
            form, conflict = AmendForm(initial={"number": both.theirs.number, "text": both.mine}), True
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The note is saved."))
            return redirect("casework:case", ref=ref)
    wordings = note_versions(request.actor, found)
    if not form.is_bound and not conflict:
        form = _begun(wordings[0])
    locked = any(one.words.state is TextState.LOCKED for one in wordings)
    context = {"case": case, "note": found, "wordings": wordings, "form": form, "conflict": conflict}
    context |= {"can_write": may and (form.is_bound or not locked), "locked": locked}
    return render(request, "casework/note.html", context, status=409 if conflict else 200)


def _begun(newest: Wording) -> AmendForm:
    return AmendForm(initial={"number": newest.version.number, "text": newest.words.text})
