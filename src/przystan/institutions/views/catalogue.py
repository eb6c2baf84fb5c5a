"""The kinds of institutions and of agreements, in four languages."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from przystan.ui.naming import NamedForm
from przystan.ui.pages import attempt, saved

from .. import actions
from ..forms.kinds import AgreementKindForm, InstitutionKindForm
from ..models import AgreementKind, InstitutionKind


@dataclass(frozen=True)
class Catalogue:
    """Kinds of one thing. `of`: as its addresses have it."""

    of: str
    model: Any
    form: type[NamedForm]
    many: str | Promise
    one: str | Promise
    add: str | Promise


CATALOGUES = {
    one.of: one
    for one in [
        Catalogue(
            "institutions",
            InstitutionKind,
            InstitutionKindForm,
            gettext_lazy("Kinds of institutions"),
            gettext_lazy("Kind of institution"),
            gettext_lazy("Add a kind of institution"),
        ),
        Catalogue(
            "agreements",
            AgreementKind,
            AgreementKindForm,
            gettext_lazy("Kinds of agreements"),
            gettext_lazy("Kind of agreement"),
            gettext_lazy("Add a kind of agreement"),
        ),
    ]
}


def kinds(request: HttpRequest) -> HttpResponse:
    """All of them, also those that are no longer offered."""
    shown = [{"is": one, "rows": one.model.objects.all()} for one in CATALOGUES.values()]
    return render(request, "institutions/kinds.html", {"catalogues": shown})


def kind(request: HttpRequest, of: str, code: str = "") -> HttpResponse:
    """Add or rename a kind."""
    catalogue = _catalogue_or_404(of)
    row = get_object_or_404(catalogue.model, code=code) if code else catalogue.model()
    start = {} if code else {"position": catalogue.model.objects.count()}  # after all others
    form = catalogue.form(request.POST or None, instance=row, initial=start)
    if saved(form, lambda: actions.save_kind(by=request.actor, kind=form.row(), changed=form.changed_data)):
        messages.success(request, _("Saved."))
        return redirect("institutions:kinds")
    title = catalogue.one if code else catalogue.add
    context = {"form": form, "title": title, "back": reverse("institutions:kinds"), "back_label": _("Kinds")}
    return render(request, "ui/named.html", context)


@require_POST
def retire(request: HttpRequest, of: str, code: str) -> HttpResponse:
    """No longer offer a kind, or offer it again."""
    row = get_object_or_404(_catalogue_or_404(of).model, code=code)
    retired = request.POST.get("retired") == "yes"
    attempt(request, lambda: actions.retire_kind(by=request.actor, kind=row, retired=retired), _("Saved."))
    return redirect("institutions:kinds")


def _catalogue_or_404(of: str) -> Catalogue:
    if of not in CATALOGUES:
        raise Http404
    return CATALOGUES[of]
