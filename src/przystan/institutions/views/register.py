"""The register: the list, and adding to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from przystan.reference.cldr import language_name
from przystan.ui.forms import refuse
from przystan.ui.paging import paginate

from .. import actions, queries
from ..forms.institution import RegisterForm
from ..forms.listing import ListForm
from ..rights import INSTITUTIONS_WRITE


def index(request: HttpRequest) -> HttpResponse:
    """All institutions by name, or those of a kind or language."""
    form = ListForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    rows = queries.institutions(request.actor, kind=said.get("kind") or "", language=said.get("language") or "")
    page = paginate(request, rows)
    context = {
        "page": page,
        "filters": form,
        "rows": [{"one": one, "languages": list(map(language_name, one.languages))} for one in page.items],
        "can_write": request.actor.can(INSTITUTIONS_WRITE),
    }
    return render(request, "institutions/index.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """One more institution."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register(by=request.actor, newcomer=form.newcomer())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is in the register."))
            return redirect("institutions:institution", ref=made.ref)
    return render(request, "institutions/new.html", {"form": form})
