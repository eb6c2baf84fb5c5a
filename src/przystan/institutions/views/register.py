"""The register: the list, and adding to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from przystan.reference.cldr import language_name
from przystan.ui.pages import made
from przystan.ui.paging import paginate

from .. import actions, queries
from ..forms.institution import RegisterForm
from ..forms.listing import ListForm
from ..models import Institution
from ..rights import INSTITUTIONS_KINDS, INSTITUTIONS_MERGE, INSTITUTIONS_WRITE

SHOWN, SUGGESTED = 20, 8


def index(request: HttpRequest) -> HttpResponse:
    """All institutions by name, or those of a kind or language; or what was looked for, best first."""
    form = ListForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    text = said.get("q") or ""
    rows = queries.institutions(request.actor, kind=said.get("kind") or "", language=said.get("language") or "")
    found = queries.find(request.actor, text, SHOWN, among=rows) if text else []
    page = paginate(request, [one.institution for one in found] if text else rows)
    why = {one.institution.pk: one for one in found}
    context = {
        "page": page,
        "filters": form,
        "rows": [_row(one, why.get(one.pk)) for one in page.items],
        "weak": bool(found) and not found[0].fits,
        "waiting": queries.count_suspected(request.actor),
        "can_write": request.actor.can(INSTITUTIONS_WRITE),
        "can_change_kinds": request.actor.can(INSTITUTIONS_KINDS),
        "can_seed": request.actor.can(INSTITUTIONS_MERGE) and not request.GET,
    }
    return render(request, "institutions/index.html", context)


def on_map(request: HttpRequest) -> HttpResponse:
    """Where they are: a picture, and the same as a list."""
    form = ListForm(request.GET or None)
    del form.fields["q"]
    said = form.cleaned_data if form.is_valid() else {}
    rows = queries.institutions(request.actor, kind=said.get("kind") or "", language=said.get("language") or "")
    return render(request, "institutions/map.html", {"filters": form, "map": queries.on_map(rows)})


@require_POST
def add_shipped(request: HttpRequest) -> HttpResponse:
    """The public offices that come with the program, into the register."""
    try:
        added = actions.add_shipped(by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = ngettext("%(count)d office was added.", "%(count)d offices were added.", len(added))
        messages.success(request, words % {"count": len(added)})
    return redirect("institutions:index")


def _row(one: Institution, found: queries.Found | None) -> dict[str, object]:
    return {"one": one, "languages": list(map(language_name, one.languages)), "found": found}


def suggest(request: HttpRequest) -> HttpResponse:
    """Options for a field in which an institution is chosen (`fields.InstitutionField`)."""
    text = request.GET.get("q", "").strip()
    kinds = request.GET.getlist("kind")
    found = queries.find(request.actor, text, SUGGESTED, kinds=kinds) if text else []
    return render(request, "institutions/options.html", {"found": found})


def new(request: HttpRequest) -> HttpResponse:
    """The form; sent in, it adds, unless there are institutions like this that were not shown yet."""
    form = RegisterForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    found: list[queries.Found] = []
    if request.method == "POST" and form.is_valid():
        found = queries.alike(request.actor, form.newcomer())
        if {one.institution.ref for one in found} <= form.seen_refs and (
            entry := made(form, lambda: actions.register(by=request.actor, newcomer=form.newcomer(), despite=found))
        ):
            messages.success(request, _("It is in the register."))
            return redirect("institutions:institution", ref=entry.ref)
    asks = bool(found) and not form.errors
    seen = " ".join(one.institution.ref for one in found)
    return render(request, "institutions/new.html", {"form": form, "found": found, "asks": asks, "seen": seen})
