"""Settings, team and the second step of login: accessible, and nothing sticks out of a phone."""

import pytest
from playwright.sync_api import Page
from tests.harness.browser import Live, axe, log_in

pytestmark = pytest.mark.journey
PAGES = [
    "/settings/access/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/reauthenticate/",
    "/account/password/change/",
    "/team/",
    "/people/duplicates/",
    "/privacy/retention/",
]


def test_every_page_at_both_widths(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    for path in PAGES:
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(live.path(path))
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_what_has_the_focus_is_not_under_the_bar(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    page.goto(live.path("/supports/"))
    bar = page.locator(".bar").bounding_box()
    page.locator("main a").last.focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        top, inside = page.evaluate(
            "[document.activeElement.getBoundingClientRect().top, !!document.activeElement.closest('main')]"
        )
        assert not inside or top >= bar["height"]
