"""The team, its roles, the points and their hours."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from przystan.access.forms import OwnPasswordForm
from przystan.access.models import User
from przystan.access.rights import SETTINGS, labels_of
from przystan.access.roles import ALL, BY_CODE
from przystan.ui.hours import HoursFormSet, rows_of
from przystan.ui.pages import attempt, button, made, saved

from . import actions
from .forms import MemberForm, PointForm, RoleForm, ToldForm
from .models import Membership, Point
from .queries import colleagues, invited, invites, may_confirm, open_resets, resets_alone, waiting_roles
from .rights import TEAM_WRITE


def members(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, with today's roles."""
    rows = colleagues(request.actor, everybody=True).prefetch_related("memberships__point", "profile")
    today = timezone.localdate()
    team = [
        {
            "user": user,
            "roles": [
                (BY_CODE[m.role].name, m.point)
                for m in user.memberships.all()
                if m.organisation_id == request.actor.organisation_id and m.holds_on(today)
            ],
        }
        for user in rows
    ]
    return render(request, "team/members.html", {"team": team, "can_write": request.actor.can(TEAM_WRITE)})


def add(request: HttpRequest) -> HttpResponse:
    """A new colleague; the first password is shown once."""
    form = MemberForm(request.POST or None, actor=request.actor)
    if added := made(form, lambda: actions.add_member(by=request.actor, **form.cleaned_data)):
        return _first_password(request, *added)
    return render(request, "team/add.html", {"form": form})


def member(request: HttpRequest, ref: str) -> HttpResponse:
    """One colleague: roles now and before, and what a coordinator may change."""
    user = _colleague(request, ref)
    form = RoleForm(request.POST or None, actor=request.actor)
    if request.method == "POST":
        request.actor.require(TEAM_WRITE)
        if saved(form, lambda: actions.give_role(by=request.actor, user=user, **form.cleaned_data)):
            return redirect("team:member", ref=ref)
    today = timezone.localdate()
    held = user.memberships.filter(organisation_id=request.actor.organisation_id).select_related("point")
    roles = [{"membership": m, "role": BY_CODE[m.role], "now": m.holds_on(today)} for m in held if not m.waits]
    context = {
        "member": user,
        "roles": roles,
        "form": form,
        "told": ToldForm(),
        "can_write": request.actor.can(TEAM_WRITE),
    }
    context |= _reset_of(request, user) | {"waiting": _waiting_of(request, user)}
    return render(request, "team/member.html", context)


@require_POST
def end_role(request: HttpRequest, ref: str) -> HttpResponse:
    membership = get_object_or_404(Membership, ref=ref, organisation_id=request.actor.organisation_id)
    attempt(request, lambda: actions.end_role(by=request.actor, membership=membership))
    return redirect("team:member", ref=membership.user.ref)


@button("team:member", "ref")
def lock(request: HttpRequest, ref: str) -> None:
    """Lock or unlock an account."""
    active = request.POST.get("active") == "yes"
    actions.set_active(by=request.actor, user=_colleague(request, ref), active=active)


@require_POST
def reset(request: HttpRequest, ref: str) -> HttpResponse:
    """A new first password at once, or a request to a second person."""
    user = _colleague(request, ref)
    if resets_alone(request.actor, user):
        return _first_password(request, user, actions.reset_login(by=request.actor, user=user))
    attempt(request, lambda: actions.ask_reset(by=request.actor, user=user))
    return redirect("team:member", ref=ref)


@require_POST
def confirm_reset(request: HttpRequest, ref: str) -> HttpResponse:
    """The second person agrees and sees the first password."""
    found = get_object_or_404(open_resets(request.actor), ref=ref)
    return _confirmed(request, found.user, lambda: actions.confirm_reset(by=request.actor, reset=found))


@require_POST
def withdraw_reset(request: HttpRequest, ref: str) -> HttpResponse:
    found = get_object_or_404(open_resets(request.actor), ref=ref)
    actions.withdraw_reset(by=request.actor, reset=found)
    return redirect("team:member", ref=found.user.ref)


@require_POST
def confirm_role(request: HttpRequest, ref: str) -> HttpResponse:
    """The second person agrees to a role; for a new account they see the first password."""
    found = get_object_or_404(waiting_roles(request.actor), ref=ref)
    return _confirmed(request, found.user, lambda: actions.confirm_role(by=request.actor, membership=found))


@button("team:members")
def refuse_role(request: HttpRequest, ref: str) -> None:
    found = get_object_or_404(waiting_roles(request.actor), ref=ref)
    actions.refuse_role(by=request.actor, membership=found)


@require_POST
def invite(request: HttpRequest, ref: str) -> HttpResponse:
    """The link for the second person who leads, shown once."""
    asked = get_object_or_404(waiting_roles(request.actor), ref=ref)
    token = actions.invite(by=request.actor, membership=asked)
    link = request.build_absolute_uri(reverse("team:invitation", args=[asked.user.ref, token]))
    return render(request, "team/invite.html", {"member": asked.user, "link": link})


@require_POST
def confirm_invited(request: HttpRequest, ref: str) -> HttpResponse:
    """Who asked types in the code."""
    asked = get_object_or_404(waiting_roles(request.actor), ref=ref)
    code = request.POST.get("code", "")
    confirm = partial(actions.confirm_invited, by=request.actor, membership=asked, code=code)
    attempt(request, confirm, done=_("The role holds from today on."))
    return redirect("team:member", ref=asked.user.ref)


@sensitive_post_parameters("new_password1", "new_password2")
def invitation(request: HttpRequest, ref: str, token: str) -> HttpResponse:
    """Whom the link is for agrees by choosing a password, and sees the code. Nobody is logged in."""
    asked = invited(ref, token)
    if asked is None or request.user.is_authenticated:
        return render(request, "team/no_invitation.html", {"valid": asked}, status=404)
    form = OwnPasswordForm(asked.user, request.POST or None)
    password = form.data.get("new_password1", "")
    code = made(form, lambda: actions.accept(ref=ref, token=token, password=password))
    return render(request, "team/invitation.html", {"form": form, "asked": asked, "code": code})


def _confirmed(request: HttpRequest, user: User, confirm: Callable[[], str]) -> HttpResponse:
    """What a second person's yes leads to. `confirm` gives the first password, if there is one to be seen."""
    try:
        password = confirm()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("team:member", ref=user.ref)
    return _first_password(request, user, password)


def _first_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """Shown once; without one, the page of the colleague."""
    if not password:
        return redirect("team:member", ref=user.ref)
    return render(request, "team/first_password.html", {"member": user, "password": password})


def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, in words."""
    return render(request, "team/roles.html", {"roles": [(role, labels_of(role.code)) for role in ALL]})


def points(request: HttpRequest) -> HttpResponse:
    rows = Point.objects.filter(organisation_id=request.actor.organisation_id).prefetch_related("hours")
    return render(request, "team/points.html", {"points": rows, "can_write": request.actor.can(SETTINGS)})


def point(request: HttpRequest, ref: str = "") -> HttpResponse:
    """Add or change a point, with its hours."""
    found = get_object_or_404(Point, ref=ref, organisation_id=request.actor.organisation_id) if ref else Point()
    form = PointForm(request.POST or None, instance=found)
    initial = form.hours()
    hours = HoursFormSet(request.POST or None, initial=initial, prefix="hours")

    def save() -> None:
        point = actions.save_point(by=request.actor, point=form.save(commit=False), changed=form.changed_data)
        actions.save_hours(by=request.actor, point=point, rows=rows_of(hours))

    if hours.is_valid() and saved(form, save):
        messages.success(request, _("The point is saved."))
        return redirect("team:points")
    return render(request, "team/point.html", {"form": form, "hours": hours, "is_new": not ref})


def _reset_of(request: HttpRequest, user: User) -> dict[str, object]:
    """What the page says about a new first password: one person or two, and who has asked."""
    asked = open_resets(request.actor).filter(user=user).first()
    return {
        "reset": asked,
        "resets_alone": resets_alone(request.actor, user),
        "can_confirm": bool(asked and may_confirm(request.actor, asked.asked_by_id, asked.user_id)),
    }


def _waiting_of(request: HttpRequest, user: User) -> list[dict[str, object]]:
    """Roles that wait for a second person, and whether the reader may be the one."""
    return [
        {
            "membership": asked,
            "can_confirm": may_confirm(request.actor, asked.asked_by_id, user.pk),
            "invites": invites(request.actor, asked),
        }
        for asked in waiting_roles(request.actor).filter(user=user)
    ]


def _colleague(request: HttpRequest, ref: str) -> User:
    return get_object_or_404(colleagues(request.actor, everybody=True), ref=ref)
