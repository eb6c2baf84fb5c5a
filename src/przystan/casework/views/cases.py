"""My files, a new one, and one with its notes."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access.decisions import decide
from przystan.access.fields import ahead
from przystan.access.keys.unlocked import has_key
from przystan.access.rights import CASES_SECRET
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_READ
from przystan.ui.forms import refuse, renew
from przystan.ui.pages import made, only_if
from przystan.ui.paging import paginate
from przystan.ui.undoing import done

from .. import actions
from ..enums import CaseKind, MemberRole
from ..forms import CaseForm, NoteForm
from ..models import CaseFile
from ..policies import may_lead, may_write
from ..queries import current_notes, members_of, my_cases, noted, roles_in
from ..queries.texts import TextState
from ..rights import CASES_WRITE
from .common import case_or_404

SIZE = 25


def cases(request: HttpRequest) -> HttpResponse:
    """Files whose team I am in; the closed ones by `?closed=1`."""
    closed = "closed" in request.GET
    page = paginate(request, my_cases(request.actor, closed=closed), size=SIZE)
    ahead(page.items, "title")
    rows = [(case, noted(request.actor, case)) for case in page.items]
    locked = any(title.state is TextState.LOCKED for _case, title in rows)
    return render(request, "casework/cases.html", {"page": page, "rows": rows, "closed": closed, "any_locked": locked})


def new(request: HttpRequest) -> HttpResponse:
    """Open a file about the person of `?person=`."""
    people = Person.objects.seen_by(request.actor).current().prefetch_related("names")
    person = get_object_or_404(people, ref=request.GET.get("person", ""))
    only_if(decide(request.actor, CASES_WRITE, person).allowed)
    form = CaseForm(request.POST or None, actor=request.actor)
    if opened := made(form, lambda: _opened(request, person, form)):
        return redirect("casework:case", ref=opened.ref)
    secret = request.actor.can(CASES_SECRET)
    context = {"form": form, "person": person, "secret": secret, "needs_key": secret and not has_key(request.actor)}
    return render(request, "casework/new.html", context)


def case(request: HttpRequest, ref: str) -> HttpResponse:
    """One file: notes newest first, its team, a new note."""
    found = case_or_404(request, ref)
    roles = roles_in(request.actor, found)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_note(by=request.actor, case=found, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
            renew(form, form_token=uuid4())
        else:
            messages.success(request, _("The note is saved."))
            return redirect("casework:case", ref=ref)
    title = noted(request.actor, found)
    context = {
        "case": found,
        "title": title,
        "form": form,
        "notes": current_notes(request.actor, found),
        "members": members_of(found),
        "can_write": may_write(request.actor, found, roles) and (form.is_bound or title.state is not TextState.LOCKED),
        "can_lead": may_lead(request.actor, roles),
        "can_read_people": request.actor.can(PEOPLE_READ),
        "only_looks": roles == {MemberRole.GLASS},
    }
    return render(request, "casework/case.html", context)


@require_POST
def closure(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a file, or open it again."""
    found = case_or_404(request, ref)
    if "undo" in request.POST:
        actions.reopen_case(by=request.actor, case=found)
        done(request, _("The file is open again."), request.path)
    else:
        actions.close_case(by=request.actor, case=found)
        done(request, _("The file is closed."), request.path, undo="1")
    return redirect("casework:case", ref=ref)


def _opened(request: HttpRequest, person: Person, form: CaseForm) -> CaseFile:
    data = form.cleaned_data
    return actions.open_case(
        by=request.actor,
        person=person,
        kind=CaseKind(data["kind"]),
        title=data["title"],
        ref=data["ref"],
        in_escrow=not data.get("out_of_escrow"),
    )
