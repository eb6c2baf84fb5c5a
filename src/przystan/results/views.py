"""The catalogue of what can come of support: kinds of results and scales of levels, in four languages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from przystan.ui.catalogues import Catalogue
from przystan.ui.naming import NamedForm

from . import actions
from .enums import Of
from .forms import KindForm, ScaleForm
from .models import ResultKind, Scale
from .queries import kinds_offered

PAGE: dict[str, Any] = {"back": "results:kinds", "back_label": _("Kinds of results"), "template": "results/row.html"}
KINDS = Catalogue(model=ResultKind, form=KindForm, one=_("Kind of result"), add=_("Add a kind of result"), **PAGE)
SCALES = Catalogue(model=Scale, form=ScaleForm, one=_("Scale of levels"), add=_("Add a scale of levels"), **PAGE)


def kinds(request: HttpRequest) -> HttpResponse:
    """Everything, also what is no longer used."""
    found = list(kinds_offered(retired=True))
    parts = [(of.label, [kind for kind in found if kind.of == of]) for of in Of]
    return render(request, "results/kinds.html", {"parts": parts, "scales": Scale.objects.order_by("code")})


def kind(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a kind of result, or change it."""

    def save(form: NamedForm) -> None:
        actions.save_kind(by=request.actor, kind=form.row(), changed=form.changed_data)

    return KINDS.edit(request, code, save)


def scale(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a scale of levels, rename it or add levels."""

    def save(form: NamedForm) -> None:
        actions.save_scale(by=request.actor, scale=form.row(), changed=form.changed_data)

    return SCALES.edit(request, code, save)


@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """No longer use a kind, or use it again."""
    work = lambda row, retired: actions.retire(by=request.actor, kind=row, retired=retired)  # noqa: E731
    return KINDS.retire(request, code, work)
