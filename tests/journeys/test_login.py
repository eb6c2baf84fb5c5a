"""The harness itself in a browser: a member of staff logs in on a living demo centre."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.harness.browser import Live, axe, log_in

pytestmark = pytest.mark.journey


def test_a_stranger_is_asked_to_log_in(live: Live, page: Page) -> None:
    page.goto(live.path("/people/"))
    expect(page).to_have_url(re.compile("/account/login/"))
    axe(page)


def test_an_adviser_logs_in(live: Live, page: Page) -> None:
    log_in(page, live, "adviser")
    expect(page).not_to_have_url(re.compile("/account/login/"))
    axe(page)
