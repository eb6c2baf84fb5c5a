"""Who works on a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access.models import User
from przystan.ui.pages import attempt, only_if, saved

from .. import actions
from ..enums import MemberRole
from ..forms import MemberForm
from ..policies import may_lead
from ..queries import looks_at, members_of, noted, roles_in
from .common import case_or_404


def team(request: HttpRequest, ref: str) -> HttpResponse:
    """The team; who leads the file names colleagues."""
    found = case_or_404(request, ref)
    can_lead = may_lead(request.actor, roles_in(request.actor, found))
    only_if(can_lead or request.method != "POST")
    form = MemberForm(request.POST or None, actor=request.actor, case=found)
    if saved(form, lambda: actions.name_member(by=request.actor, case=found, **form.cleaned_data)):
        messages.success(request, _("They can open the file now."))
        return redirect("casework:team", ref=ref)
    members = list(members_of(found))
    leads = [member.user_id for member in members if member.role == MemberRole.LEAD]
    context = {
        "case": found,
        "title": noted(request.actor, found),
        "members": members,
        "sole_lead": leads[0] if len(leads) == 1 else None,
        "form": form,
        "can_lead": can_lead,
        "looks": looks_at(request.actor, found) if can_lead else None,
    }
    return render(request, "casework/team.html", context)


@require_POST
def end(request: HttpRequest, ref: str, user: str) -> HttpResponse:
    """Let somebody go from the team, at once."""
    found = case_or_404(request, ref)
    members = User.objects.filter(pk__in=members_of(found).values("user_id"))
    member = get_object_or_404(members, ref=user)
    done = _("Done. They read nothing of this file any more.")
    ended = attempt(request, lambda: actions.end_member(by=request.actor, case=found, user=member), done)
    if ended and member.pk == request.actor.user_id:
        return redirect("casework:cases")
    return redirect("casework:team", ref=ref)
