"""What pages do again and again: what is missing, what was refused, what was done."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.test import RequestFactory

from przystan.access.models import User
from przystan.ui.forms import Form
from przystan.ui.pages import attempt, button, made, only_if, or_404, saved


class Numbered(Form):
    number = forms.IntegerField()


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    found: Any = rf.post("/")
    found._messages = CookieStorage(found)
    return found  # type: ignore[no-any-return]


def said(request: HttpRequest) -> list[tuple[str, str]]:
    return [(message.level_tag, message.message) for message in get_messages(request)]


def refused() -> None:
    raise ValidationError(["One.", "Two."])


def test_what_a_query_does_not_find_is_missing() -> None:
    def fetch(ref: str) -> str:
        if ref == "there":
            return ref
        raise User.DoesNotExist

    assert or_404(fetch, "there") == "there"
    with pytest.raises(Http404):
        or_404(fetch, "nowhere")


def test_who_may_not_open_a_page_finds_it_missing() -> None:
    only_if(True)
    for nothing in (False, None, [], ""):
        with pytest.raises(Http404):
            only_if(nothing)


@pytest.mark.parametrize(("data", "times"), [(None, 0), ({"number": "x"}, 0), ({"number": "4"}, 1)])
def test_only_a_form_that_is_right_is_saved(data: dict[str, str] | None, times: int) -> None:
    form, done = Numbered(data), []
    assert saved(form, lambda: done.append(form.cleaned_data["number"])) == bool(times)
    assert done == [4] * times


def test_what_was_made_is_given_back() -> None:
    form = Numbered({"number": "4"})
    assert made(form, lambda: form.cleaned_data["number"]) == 4
    assert made(Numbered(None), refused) is None
    assert made(Numbered({"number": "x"}), refused) is None
    assert made(form, refused) is None
    assert form.non_field_errors() == ["One.", "Two."]


def test_what_was_refused_stands_in_the_form_with_what_was_typed() -> None:
    form = Numbered({"number": "4"})
    assert not saved(form, refused)
    assert form.non_field_errors() == ["One.", "Two."]
    assert form["number"].value() == "4"


def test_what_was_refused_of_a_field_stands_beside_it() -> None:
    def refuse_number() -> None:
        raise ValidationError({"number": "Too many.", "other": "Not here."})

    form = Numbered({"number": "4"})
    assert not saved(form, refuse_number)
    assert (form.errors["number"], form.non_field_errors()) == (["Too many."], ["Not here."])


def test_what_was_done_and_what_was_not_is_said(request_: HttpRequest) -> None:
    assert attempt(request_, lambda: None, "Done.")
    assert not attempt(request_, refused, "Done.")
    assert attempt(request_, lambda: None)
    assert said(request_) == [("success", "Done."), ("error", "One. Two.")]


@pytest.mark.parametrize(("path", "there"), [(None, "/privacy/people/abcdefghjkmn/"), ("/elsewhere/", "/elsewhere/")])
def test_a_button_does_says_and_leads_on(request_: HttpRequest, path: str | None, there: str) -> None:
    done = []

    @button("privacy:person", "ref", done="Done.")
    def act(request: HttpRequest, ref: str) -> str | None:
        done.append(ref)
        return path

    answer = act(request_, ref="abcdefghjkmn")
    assert (answer.status_code, answer.url) == (302, there)
    assert (done, said(request_)) == (["abcdefghjkmn"], [("success", "Done.")])


def test_a_button_that_is_refused_says_why_and_leads_back(request_: HttpRequest) -> None:
    @button(lambda ref: f"/back/{ref}/", "ref", done="Done.")
    def act(request: HttpRequest, ref: str) -> str:
        refused()
        return "/elsewhere/"

    assert act(request_, ref="x").url == "/back/x/"
    assert said(request_) == [("error", "One. Two.")]


def test_a_button_is_only_posted(rf: RequestFactory) -> None:
    @button("privacy:index")
    def act(request: HttpRequest) -> None:
        pytest.fail("a GET does nothing")

    assert act(rf.get("/")).status_code == 405


def test_what_is_missing_behind_a_button_is_missing(request_: HttpRequest) -> None:
    @button("privacy:index", done="Done.")
    def act(request: HttpRequest) -> None:
        only_if(False)

    with pytest.raises(Http404):
        act(request_)
    assert not said(request_)
