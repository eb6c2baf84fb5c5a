"""Registering somebody new, with their family or alone, after looking for them."""

from dataclasses import replace

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.access.modules import way
from przystan.kernel.phones import digits_of
from przystan.ui.pages import made

from .. import actions
from ..forms.registration import Family, OtherNames, RegisterForm
from ..models import Person
from ..queries import Candidate, alike
from ..rules.box import Asked, understand
from ..rules.same_person import Described

# What stands under "More, if you know it".
FOLDED = (
    "language",
    "needs_interpreter",
    "sex",
    "arrived",
    "place",
    "title",
    "title_until",
    "point",
    "centre_reference",
)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """The form, begun with what was typed into the search box, beside the people it may have meant."""
    text = request.POST.get("q", "")
    asked = understand(text)
    found = alike(request.actor, _asked(asked))
    initial = {"name": asked.name, "birth": asked.birth, "phone": asked.digits, "seen": _refs(found)}
    form = RegisterForm(initial=initial, actor=request.actor)
    return _show(request, form, OtherNames(prefix="names"), Family(prefix="family"), found)


def register(request: HttpRequest) -> HttpResponse:
    """The form; sent in, it registers, unless there are people like this who were not shown yet."""
    form = RegisterForm(request.POST or None, actor=request.actor)
    others = OtherNames(request.POST or None, prefix="names")
    relatives = Family(request.POST or None, prefix="family")
    found: list[Candidate] = []
    if request.method == "POST" and all([form.is_valid(), others.is_valid(), relatives.is_valid()]):
        newcomer = form.newcomer(others.cleaned_data)
        like = _like(request, newcomer)
        family = [replace(one, despite=_like(request, one.newcomer)) for one in form.family(relatives.cleaned_data)]
        found = _once([*like, *(each for one in family for each in one.despite)])

        def register() -> Person:
            return actions.register_family(by=request.actor, newcomer=newcomer, family=family, despite=like)

        if (_again(found, newcomer.ref) or {one.person.ref for one in found} <= form.seen_refs) and (
            person := made(form, register)
        ):
            return _registered(request, person.ref, 1 + len(family))
    return _show(request, form, others, relatives, found)


def _like(request: HttpRequest, newcomer: actions.Newcomer) -> list[Candidate]:
    return alike(request.actor, actions.described(newcomer))


def _once(found: list[Candidate]) -> list[Candidate]:
    return list({one.person.ref: one for one in reversed(found)}.values())[::-1]


def _asked(asked: Asked) -> Described:
    return Described(
        (asked.name,) if asked.name else (),
        asked.birth,
        (digits_of(asked.digits),) if asked.digits else (),
        (asked.email,) if asked.email else (),
    )


def _again(found: list[Candidate], ref: str) -> bool:
    """Whether this very form was sent before."""
    return any(one.person.ref == ref for one in found)


def _registered(request: HttpRequest, ref: str, people: int) -> HttpResponse:
    words = _("Registered.") if people == 1 else _("Registered, as one household: %(count)s.") % {"count": people}
    messages.success(request, words)
    if request.POST.get("then") == "log":
        return redirect(f"{way('log')}?person={ref}")
    return redirect(way("person", ref))


def _show(
    request: HttpRequest, form: RegisterForm, others: BaseFormSet, family: BaseFormSet, found: list[Candidate]
) -> HttpResponse:
    unseen = {one.person.ref for one in found} - form.seen_refs if form.is_bound else set()
    context = {
        "form": form,
        "others": others,
        "family": family,
        "unfold_family": family.is_bound and any(row.has_changed() for row in family),
        "found": found,
        "asks": bool(unseen) and not form.errors,
        "seen": _refs(found) if found else form["seen"].value() or "",
        "unfold": form.is_bound and any(name in form.errors for name in FOLDED),
    }
    return render(request, "people/register.html", context)


def _refs(found: list[Candidate]) -> str:
    return " ".join(one.person.ref for one in found)
