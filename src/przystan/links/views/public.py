"""The pages of a link: a cover that tells nothing, the question, the answer. They need no script and no login.

A GET shows the cover only, so a preview of a messenger neither counts as opened nor uses the link up. What is asked
comes as the answer to a POST, and is kept by no browser.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from przystan.access.actors import Actor, Forbidden
from przystan.ui.pages import saved

from .. import actions
from ..bearers import holding
from ..forms import CodeForm
from ..limits import within
from ..models import Link
from ..purposes import Purpose, purpose_of
from ..tokens import is_proof, proof_of

TECHNICAL = frozenset({"csrfmiddlewaretoken", "proof", "code", "shown"})
View = Callable[[HttpRequest, str], HttpResponse]
Work = Callable[[HttpRequest, str, Actor, Link], HttpResponse]
CODES = [code for code, _ in settings.LANGUAGES]


def counted(view: View) -> View:
    """Counts the try before anything is looked up."""

    @wraps(view)
    def within_limits(request: HttpRequest, token: str) -> HttpResponse:
        if within(request, token):
            return view(request, token)
        return _page(request, "links/too_often.html", {}, status=429)

    return within_limits


@counted
def cover(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, in which languages it can be read, and a button. Once answered: thanks."""
    with holding(token) as held:
        if held is None:
            return _nowhere(request)
        link, purpose = held[1], purpose_of(held[1])
        if link.says_thanks and purpose:
            return _page(request, "links/thanks.html", _context(link, token, purpose), link=link)
        if not link.is_open or purpose is None:
            return _nowhere(request)
        return _page(request, "links/cover.html", _context(link, token, purpose), link=link)


@counted
def question(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked; noted as opened the first time, once the code was right where one is needed."""
    return _held(request, token, _opened)


@counted
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the answer. One that came too late, or after another, is not taken, and shown again to be kept."""
    return _held(request, token, _answered)


def _held(request: HttpRequest, token: str, work: Work) -> HttpResponse:
    """What `work` answers to a form sent by who holds an open link, in the language of its page."""
    try:
        with holding(token) as held:
            if held is None or not (held[1].is_open or held[1].says_thanks):
                return _nowhere(request)
            by, link = held
            if request.method != "POST":
                return redirect("links:cover", token)  # where it begins, or says thanks
            if not link.is_open:
                return _answered_before(request, token, link)
            with translation.override(_language(request, link)):
                return _let_in(request, token, by, link) or work(request, token, by, link)
    except Forbidden:
        return _ended_meanwhile(request, token)


def _opened(request: HttpRequest, token: str, by: Actor, link: Link) -> HttpResponse:
    if not _is_maker(request, link):
        actions.note_opened(by=by, link=link)
    return _asked(request, token, by, link)


def _answered(request: HttpRequest, token: str, by: Actor, link: Link) -> HttpResponse:
    purpose, language = purpose_of(link), _language(request, link)
    if purpose is None or _is_maker(request, link):
        return _asked(request, token, by, link)
    form = purpose.form(request.POST)

    def answer() -> None:
        words = {**form.cleaned_data, "shown": request.POST.get("shown", "")}
        actions.answer(by=by, link=link, language=language, words=words)

    if saved(form, answer):
        return redirect(f"{reverse('links:cover', args=[token])}?in={language}")
    return _asked(request, token, by, link, form)


def _let_in(request: HttpRequest, token: str, by: Actor, link: Link) -> HttpResponse | None:
    """The page that asks for the code; None where none is needed, or the page carries the proof that it was right."""
    if not link.code or is_proof(link.digest, request.POST.get("proof", "")):
        return None
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid():
        if actions.try_code(by=by, link=link, code=form.cleaned_data["code"]):
            return None
        form.add_error("code", form.WRONG)
    context = _context(link, token, purpose_of(link)) | {"form": form, "typed": _typed(request.POST)}
    return _page(request, "links/code.html", context, link=link)


def _asked(request: HttpRequest, token: str, by: Actor, link: Link, form: Any = None) -> HttpResponse:
    purpose = purpose_of(link)
    shown = purpose.content(by, link) if purpose else None
    if purpose is None or shown is None:
        return _nowhere(request)
    context = {
        "shown": "",
        **_context(link, token, purpose),
        **shown,
        "form": form or purpose.form(initial=_typed(request.POST)),
        "proof": proof_of(link.digest) if link.code else "",
        "is_maker": _is_maker(request, link),
    }
    return _page(request, "links/question.html", context, link=link)


def _ended_meanwhile(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever looked at an open link that was answered, revoked or made anew before they had done."""
    with holding(token) as held:
        if held and held[1].says_thanks:
            return _answered_before(request, token, held[1])
        return _nowhere(request)


def _answered_before(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    """Thanks again for who pressed a button twice; who wrote something else than what was taken is told so."""
    typed = list(_typed(request.POST).values())
    if not typed:
        return redirect(f"{reverse('links:cover', args=[token])}?in={_language(request, link)}")
    return _page(request, "links/answered.html", {"link": link, "typed": typed}, link=link, status=409)


def _nowhere(request: HttpRequest) -> HttpResponse:
    """The same for a link that never was, has ended, was revoked or made anew; with what was typed, to be kept."""
    return _page(request, "links/nowhere.html", {"typed": list(_typed(request.POST).values())}, status=404)


def _typed(sent: QueryDict) -> dict[str, str]:
    """What a bearer wrote into a form of a link."""
    return {name: value for name, value in sent.items() if name not in TECHNICAL and str(value).strip()}  # type: ignore[misc]


def _is_maker(request: HttpRequest, link: Link) -> bool:
    """Whether the member of staff who sent the link looks at it: that is no opening, and they answer nothing."""
    return bool(request.actor and request.actor.user_id == link.by_id)


def _context(link: Link, token: str, purpose: Purpose | None) -> dict[str, Any]:
    return {"link": link, "token": token, "purpose": purpose}


def _language(request: HttpRequest, link: Link | None) -> str:
    """The one that the bearer chose, else the one in which it was sent, else what the browser asks for."""
    chosen = request.GET.get("in", "")
    return chosen if chosen in CODES else link.language if link else translation.get_language() or CODES[0]


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], *, link: Link | None = None, status: int = 200
) -> HttpResponse:
    language = _language(request, link)
    with translation.override(language):
        response = render(request, template, {"codes": CODES, "language": language, **context}, status=status)
    response["Content-Language"] = language
    return response
