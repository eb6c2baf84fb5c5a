"""Asking for an emergency look, approving, refusing and reviewing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.access import audit
from przystan.access.models import Glass
from przystan.access.models.glass import Category
from przystan.access.modules import way
from przystan.access.rights import GLASS_APPROVE
from przystan.ui.pages import attempt, button, only_if

from .. import actions, queries
from ..forms import AskAnyForm, AskForm, ReviewForm
from ..policies import may_approve, may_review
from ..queries.glass import target_kinds
from .common import glass_or_404


def ask(request: HttpRequest, model: str = "", ref: str = "") -> HttpResponse:
    """Why do you need to see it? What may open by itself does; anything else, there or not, "was sent"."""
    about = target_kinds().get(model)
    if model and not (about and request.actor.can(about.right)):
        raise Http404
    form = (AskForm if model else AskAnyForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {"model": model, "ref": ref} | form.cleaned_data
        data["category"] = Category(data["category"])
        return _asked(request, actions.ask(by=request.actor, **data))
    return render(request, "privacy/ask.html", {"form": form, "about": about, "ref": ref})


def _asked(request: HttpRequest, glass: Glass) -> HttpResponse:
    if not glass.opened_at:
        return redirect("privacy:sent")
    messages.success(request, _("Open for you for four hours. Who leads the point looks at it afterwards."))
    return redirect(way(target_kinds()[glass.model].way, glass.object_ref))


def sent(request: HttpRequest) -> HttpResponse:
    """The same page for everything that did not open, and what the actor has asked for lately."""
    return render(request, "privacy/sent.html", {"mine": queries.glass.mine(request.actor)})


def glasses(request: HttpRequest) -> HttpResponse:
    """What waits for approval or review, and how often the glass was broken."""
    actor = request.actor
    context = {
        "waiting": queries.glass.waiting(actor),
        "to_review": queries.glass.to_review(actor),
        "late": queries.glass.late(actor),
        "counts": queries.glass.counts(actor) if actor.can(GLASS_APPROVE) else {},
    }
    return render(request, "privacy/glasses.html", context)


def glass(request: HttpRequest, ref: str) -> HttpResponse:
    """One emergency look: who, why, in which words."""
    found = glass_or_404(request, ref)
    look = queries.glass.looks_at([found])[0]
    undecided = not (found.opened_at or found.refused_at)
    approves = undecided and may_approve(request.actor, found, queries.glass.asker_of(found))
    reviews = may_review(request.actor, found, look.point_id) and bool(found.opened_at)
    only_if(approves or reviews or request.actor.can(GLASS_APPROVE))
    audit.read(request.actor, found, ["reason", "review_note"])
    context = {
        "glass": found,
        "about": target_kinds()[found.model],
        "late": look.is_late,
        "reason": actions.glass.words(found, "reason"),
        "note": actions.glass.words(found, "review_note"),
        "approves": approves,
        "form": ReviewForm() if reviews and not found.reviewed_at else None,
    }
    return render(request, "privacy/glass.html", context)


@button("privacy:glass", "ref", done=gettext_lazy("Approved."))
def approve(request: HttpRequest, ref: str) -> None:
    actions.approve(by=request.actor, glass=glass_or_404(request, ref))


@button("privacy:glasses", done=gettext_lazy("Refused."))
def refuse(request: HttpRequest, ref: str) -> None:
    actions.refuse(by=request.actor, glass=glass_or_404(request, ref))


@require_POST
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """Was it right to look?"""
    found, form = glass_or_404(request, ref), ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say yes or no."))
        return redirect("privacy:glass", ref=ref)
    justified, note = form.cleaned_data["justified"] == "yes", form.cleaned_data["note"]
    work = lambda: actions.review(by=request.actor, glass=found, justified=justified, note=note)  # noqa: E731
    attempt(request, work, _("Thank you. It is written down."))
    return redirect("privacy:glasses")
