"""The catalogue of what can come of support: kinds of results and scales of levels, in four languages."""

from collections.abc import Callable

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.ui.naming import NamedForm
from przystan.ui.pages import attempt, saved

from . import actions
from .enums import Of
from .forms import KindForm, ScaleForm
from .models import ResultKind, Scale
from .queries import kinds_offered


def kinds(request: HttpRequest) -> HttpResponse:
    """Everything, also what is no longer used."""
    found = list(kinds_offered(retired=True))
    parts = [(of.label, [kind for kind in found if kind.of == of]) for of in Of]
    return render(request, "results/kinds.html", {"parts": parts, "scales": Scale.objects.order_by("code")})


def kind(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a kind of result, or change it."""
    form = KindForm(request.POST or None, instance=_row(ResultKind, code))
    save = lambda: actions.save_kind(by=request.actor, kind=form.row(), changed=form.changed_data)  # noqa: E731
    return _edit(request, form, save, _("Kind of result") if code else _("Add a kind of result"))


def scale(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a scale of levels, rename it or add levels."""
    form = ScaleForm(request.POST or None, instance=_row(Scale, code))
    save = lambda: actions.save_scale(by=request.actor, scale=form.row(), changed=form.changed_data)  # noqa: E731
    return _edit(request, form, save, _("Scale of levels") if code else _("Add a scale of levels"))


@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """No longer use a kind, or use it again."""
    row, retired = get_object_or_404(ResultKind, code=code), request.POST.get("retired") == "yes"
    attempt(request, lambda: actions.retire(by=request.actor, kind=row, retired=retired))
    return redirect("results:kinds")


def _row(model: type[models.Model], code: str) -> models.Model:
    return get_object_or_404(model, code=code) if code else model()


def _edit(request: HttpRequest, form: NamedForm, save: Callable[[], object], title: str) -> HttpResponse:
    if saved(form, save):
        messages.success(request, _("Saved."))
        return redirect("results:kinds")
    context = {"form": form, "title": title, "row": form.instance}
    context |= {"back": reverse("results:kinds"), "back_label": _("Kinds of results")}
    return render(request, "results/row.html", context)
