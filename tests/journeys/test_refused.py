"""When the server refuses in the middle of work, it says so, and nothing that was typed or ticked is lost."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from playwright.sync_api import Page, expect
from tests.harness.browser import Live, axe, log_in
from tests.journeys.test_late_answers import EXCHANGES, Exchange, centre

from przystan.project.unavailable import Refusals, Why

pytestmark = pytest.mark.journey
__all__ = ["centre"]


class Refusing(set[str]):
    """Beginnings of paths ("/people/") or of forms ("POST /people/") that the server refuses, as when too many wait."""

    def refuses(self, request: HttpRequest) -> bool:
        ways = (request.path, f"{request.method} {request.path}")
        return any(way.startswith(one) for way in ways for one in self)


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Refusing]:
    paths, answer = Refusing(), Refusals.__call__

    def refuse(self: Refusals, request: HttpRequest) -> HttpResponse:
        if paths.refuses(request):
            request.refused = Why.BUSY
        return answer(self, request)

    monkeypatch.setattr(Refusals, "__call__", refuse)
    return paths


def said(page: Page) -> None:
    """In one message, which stays."""
    expect(page.locator("#toasts .toast.tone-bad")).to_have_count(1)
    expect(page.locator("#toasts .toast.tone-bad")).to_contain_text("Nic nie zapisano. To, co napisano, nadal tu jest")


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda one: one.name)
def test_a_part_that_is_refused_says_so(centre: Live, page: Page, refusing: Refusing, exchange: Exchange) -> None:
    log_in(page, centre, exchange.role)
    exchange.open(page, centre)
    refusing.add("/")
    exchange.ask(page, 1)
    said(page)
    exchange.choose(page)
    exchange.stands(page)
    refusing.clear()
    exchange.ask(page, 2)
    exchange.settled(page)
    exchange.stands(page)


def test_a_page_opens_again_by_itself(live: Live, page: Page, refusing: Refusing) -> None:
    page.clock.install()
    log_in(page, live, "adviser")
    refusing.add("/supports/")
    page.goto(live.path("/supports/?page=2"))
    again = page.locator("main a.button.primary")
    expect(again).to_have_attribute("href", "/supports/?page=2")
    expect(page.locator("[data-reopens]")).to_be_visible()
    axe(page)
    refusing.clear()
    page.clock.run_for("00:11")
    expect(page.locator(".frame main table")).to_be_visible()
    expect(page).to_have_url(live.path("/supports/?page=2"))


def test_a_passkey_is_not_blamed_for_the_server(live: Live, page: Page, refusing: Refusing) -> None:
    refusing.add("/account/2fa/webauthn/login/")
    page.goto(live.path("/account/login/").replace("127.0.0.1", "localhost"))
    page.locator("#passkey_login").click()
    expect(page.locator("#toasts .tone-bad")).to_be_visible()
    expect(page.locator("[data-passkey-said]")).to_be_empty()
    expect(page).to_have_url(re.compile("/account/login/"))
