"""The kinds of institutions and of agreements, in four languages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from przystan.ui.catalogues import Catalogue
from przystan.ui.naming import NamedForm

from .. import actions
from ..forms.kinds import AgreementKindForm, InstitutionKindForm
from ..models import AgreementKind, InstitutionKind

PAGE: dict[str, Any] = {"back": "institutions:kinds", "back_label": _("Kinds")}
# By what their addresses say.
CATALOGUES = {
    "institutions": Catalogue(
        model=InstitutionKind,
        form=InstitutionKindForm,
        one=_("Kind of institution"),
        add=_("Add a kind of institution"),
        many=_("Kinds of institutions"),
        **PAGE,
    ),
    "agreements": Catalogue(
        model=AgreementKind,
        form=AgreementKindForm,
        one=_("Kind of agreement"),
        add=_("Add a kind of agreement"),
        many=_("Kinds of agreements"),
        **PAGE,
    ),
}


def kinds(request: HttpRequest) -> HttpResponse:
    """All of them, also those that are no longer offered."""
    shown = [{"of": of, "is": one, "rows": one.model._default_manager.all()} for of, one in CATALOGUES.items()]
    return render(request, "institutions/kinds.html", {"catalogues": shown})


def kind(request: HttpRequest, of: str, code: str = "") -> HttpResponse:
    """Add or rename a kind."""
    catalogue = _catalogue_or_404(of)

    def save(form: NamedForm) -> None:
        actions.save_kind(by=request.actor, kind=form.row(), changed=form.changed_data)

    return catalogue.edit(request, code, save, position=catalogue.model._default_manager.count())  # after all others


@require_POST
def retire(request: HttpRequest, of: str, code: str) -> HttpResponse:
    """No longer offer a kind, or offer it again."""
    work = lambda row, retired: actions.retire_kind(by=request.actor, kind=row, retired=retired)  # noqa: E731
    return _catalogue_or_404(of).retire(request, code, work)


def _catalogue_or_404(of: str) -> Catalogue:
    if of not in CATALOGUES:
        raise Http404
    return CATALOGUES[of]
