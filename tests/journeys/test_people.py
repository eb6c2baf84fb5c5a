"""At the front desk: look first, register, say what is known, take a wrong merge back."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.harness.browser import Live, axe, follow, log_in

pytestmark = pytest.mark.journey


def look_for(page: Page, live: Live, text: str) -> None:
    page.goto(live.path("/people/"))
    page.locator("#search-q").fill(text)
    expect(page.locator("form[action='/people/new/start/'] input[name=q]")).to_have_value(text)


def register(page: Page, live: Live, name: str) -> str:
    """Register somebody from the search page; returns the address of their page."""
    look_for(page, live, name)
    follow(page, page.locator("form[action='/people/new/start/'] button"))
    axe(page)
    follow(page, page.locator("button[name=then][value=open]"))
    if page.url.endswith("/people/new/"):  # people like this are here: none of them
        follow(page, page.locator("button[name=then][value=open]"))
    expect(page).to_have_url(re.compile(r"/people/[0-9a-z]{12}/$"))
    return page.url


def test_registered_once_found_under_another_spelling(live: Live, page: Page) -> None:
    log_in(page, live, "adviser")
    there = register(page, live, "Квітослава Перепелиця")
    axe(page)
    look_for(page, live, "Kwitoslawa Perepelyca")
    first = page.locator("#found .person-name a").first
    expect(first).to_have_text("Квітослава Перепелиця")
    first.click()
    expect(page).to_have_url(there)
    read_out_a_consent(page, there)


def read_out_a_consent(page: Page, there: str) -> None:
    """The text that is chosen, in the language that is chosen; where there is none, the interpreter's."""
    page.goto(f"{there}consents/new/")
    read = page.locator("form section.card:visible")
    expect(read).to_have_count(0)
    page.locator("select[name=text]").select_option(index=1)
    expect(read).to_have_count(1)
    for language, shown in (("uk", "uk"), ("ka", None)):
        choose = "(field, code) => { field.value = code; field.dispatchEvent(new Event('change', {bubbles: true})); }"
        page.locator("select[name=language]").evaluate(choose, language)
        expect(read).to_have_count(1)
        assert read.locator("div").get_attribute("lang") == shown
    axe(page)


def test_the_keyboard_alone_finds_a_person(live: Live, page: Page) -> None:
    log_in(page, live, "adviser")
    register(page, live, "Квітослава Перепелиця")
    page.goto(live.path("/people/new/"))
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("perepelyc")
    expect(page.locator("#bar-found a")).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Квітослава Перепелиця")


def test_two_records_become_one_and_two_again(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    register(page, live, "Квітослава Перепелиця")
    there = register(page, live, "Kwitoslawa Perepelyca")
    page.goto(live.path("/people/duplicates/"))
    axe(page)
    follow(page, page.locator("tr", has_text="Perepelyca").locator("a.button"))
    axe(page)
    page.locator("form[action$='/merges/'] button").first.click()
    expect(page.locator(".toast").first).to_be_visible()
    follow(page, page.locator("#toasts form[action$='/undone/'] button"))
    page.goto(there)
    expect(page).to_have_url(there)
    expect(page.locator("h1")).to_have_text("Kwitoslawa Perepelyca")


def test_at_the_phone_s_width_nothing_overflows(live: Live, page: Page) -> None:
    log_in(page, live, "adviser")
    there = register(page, live, "Квітослава Перепелиця")
    endless = register(page, live, "Hubert " + "Wolfeschlegelsteinhausenbergerdorff" * 2)
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (there, endless, live.path("/people/"), live.path("/people/new/"), f"{there}contacts/new/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
