"""Back after saving: the form that comes back is known, and what was logged is not logged again."""

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from tests.harness.browser import Live, follow, log_in

pytestmark = pytest.mark.journey


def supports() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM support_support")
        return int(cursor.fetchone()[0])


def test_saving_again_after_back_shows_the_entry(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    page.goto(live.path("/people/"))
    follow(page, page.locator("#found a").first)
    follow(page, page.locator("main a[href*='/supports/new/']").first)
    before = supports()
    fill(page)
    token = page.locator("input[name=form_token]").input_value()
    follow(page, page.locator(".actions button").first)
    assert supports() == before + 1
    page.go_back()
    page.wait_for_url("**/supports/new/**")
    expect(page.locator("input[name=form_token]")).to_have_value(token)
    fill(page)
    follow(page, page.locator(".actions button").first)
    expect(page.locator(".toasts")).not_to_be_empty()
    assert "/supports/" in page.url
    assert supports() == before + 1


def test_a_new_form_has_a_new_token(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    tokens = set()
    for _ in range(2):
        page.goto(live.path("/supports/new/"))
        tokens.add(page.locator("input[name=form_token]").input_value())
    assert len(tokens) == 2


def test_two_alike_one_after_the_other_are_two(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    page.goto(live.path("/people/"))
    follow(page, page.locator("#found a").first)
    follow(page, page.locator("main a[href*='/supports/new/']").first)
    before = supports()
    for _ in range(2):
        fill(page)
        follow(page, page.locator("button[name=then][value=another]"))
    assert supports() == before + 2


def fill(page: Page) -> None:
    page.evaluate("""() => {
      const service = document.querySelector("select[name=service]");
      service.value = [...service.options].find((option) => option.value).value;
      service.dispatchEvent(new Event("change", { bubbles: true }));
    }""")
    page.locator("input[name=minutes]").first.fill("30")


def test_back_to_what_was_found_finds_it_again(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    page.goto(live.path("/people/"))
    name = page.locator("#found .person-name a").first.inner_text()
    page.goto(live.path("/"))
    page.locator("#bar-q").fill(name)
    with page.expect_navigation():
        page.locator("#bar-q").press("Enter")
    follow(page, page.locator("#found .person-name a").first)
    page.go_back()
    expect(page.locator("#search-q")).to_have_value(name)
    expect(page.locator("#found .person-name a").first).to_contain_text(name)
