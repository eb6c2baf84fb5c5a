"""What was typed outlives a refusal, Back, and a login in another window; it is shown to nobody else."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.harness.browser import Live, follow, log_in
from tests.journeys.test_lock import keeping
from tests.journeys.test_refused import Refusing, refusing

pytestmark = pytest.mark.journey
__all__ = ["keeping", "refusing"]
FORM = "/people/new/"
NAMES = ["Квітослава Перепелиця", "Kwitosława Perepełycia"]


def begin(page: Page, live: Live) -> None:
    """A registration with a second name, whose row was added."""
    log_in(page, live, "adviser")
    page.goto(live.path(FORM))
    name_box(page, 0).fill(NAMES[0])
    page.locator("[data-rows-add]").first.click()
    name_box(page, 1).fill(NAMES[1])


def name_box(page: Page, number: int) -> Locator:
    return page.locator(f"input[name=names-{number}-text]")


def stands(page: Page) -> None:
    for number, name in enumerate(NAMES):
        expect(name_box(page, number)).to_have_value(name)


def save(page: Page) -> None:
    follow(page, page.locator("button[name=then][value=open]"))


def back_at_work(page: Page) -> None:
    """The window is looked at again."""
    with page.expect_response("**/account/session/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_back_from_a_refusal(live: Live, page: Page, refusing: Refusing) -> None:
    begin(page, live)
    refusing.add(f"POST {FORM}")
    save(page)
    expect(page.locator("main form button.primary")).to_be_visible()
    page.go_back()
    page.locator("[data-take]").click()
    stands(page)


def test_back_in_a_browser_that_keeps_pages_whole(live: Live, keeping: Page, refusing: Refusing) -> None:
    begin(keeping, live)
    refusing.add(f"POST {FORM}")
    save(keeping)
    keeping.evaluate("history.back()")
    keeping.locator("[data-take]").click()
    stands(keeping)
    expect(name_box(keeping, 1)).to_be_visible()


def log_in_anew(page: Page, live: Live, login: str) -> None:
    """In a second window of the same browser."""
    other = page.context.new_page()
    other.goto(live.path("/"))
    other.locator(".bar-end details summary").last.click()
    follow(other, other.locator("form[action='/account/logout/'] button"))
    log_in(other, live, login)
    other.close()


def test_a_login_in_another_window_does_not_make_a_form_worthless(live: Live, page: Page) -> None:
    begin(page, live)
    token = page.locator("main input[name=csrfmiddlewaretoken]").first
    before = token.input_value()
    log_in_anew(page, live, "adviser")
    back_at_work(page)
    expect(token).not_to_have_value(before)
    stands(page)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        save(page)
    assert answered.value.status in (200, 302), "not too old"


def test_somebody_else_gets_the_page_anew(live: Live, page: Page) -> None:
    begin(page, live)
    log_in_anew(page, live, "reception")
    with page.expect_navigation():
        back_at_work(page)
    expect(page).to_have_url(re.compile(FORM))
    assert NAMES[0] not in page.content()
    expect(name_box(page, 0)).not_to_have_value(NAMES[0])
