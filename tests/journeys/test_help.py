"""Help by `?` and by touch: the keys of this screen and the guide's page of it, over what is being typed."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.harness.browser import Live, axe, log_in

pytestmark = pytest.mark.journey


def test_the_question_mark_opens_the_page_of_this_screen(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    page.goto(live.path("/people/new/"))
    name = page.get_by_role("textbox", name=re.compile("nazwisko", re.IGNORECASE)).first
    name.fill("Kto?")
    name.press("?")
    assert name.input_value() == "Kto??", "a key in a field is a letter"
    name.blur()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Pomoc")
    expect(sheet.get_by_role("heading", name="Osoby", exact=True)).to_be_visible()
    expect(sheet.get_by_text("Przejdź po długiej liście")).to_be_visible()
    axe(page)
    sheet.get_by_role("link", name="Wszystkie strony przewodnika").click()
    sheet.get_by_role("link", name="Raporty").click()
    expect(sheet.get_by_role("heading", name="Raporty", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert name.input_value() == "Kto??"
    page.keyboard.press("?")
    expect(sheet.get_by_role("heading", name="Osoby", exact=True)).to_be_visible()


def test_only_keys_that_do_something_here_are_shown(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    page.goto(live.path("/team/roles/"))
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Pomoc")
    expect(sheet.get_by_role("heading", name="Zespół")).to_be_visible()
    expect(sheet.get_by_text("Przejdź do pola szukania")).to_be_visible()
    expect(sheet.get_by_text("Przejdź po długiej liście")).to_be_hidden()
    expect(sheet.get_by_text("Wyślij formularz")).to_be_hidden()


def test_a_screen_reader_hears_the_keys_and_then_the_guide(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Pomoc")
    expect(sheet.get_by_role("heading", name="Pierwszy dzień")).to_be_visible()
    said = re.findall(r'(heading|button|link|region) "([^"]+)"', sheet.aria_snapshot())
    assert said[:5] == [
        ("heading", "Pomoc"),
        ("button", "Zamknij"),
        ("region", "Klawisze"),
        ("heading", "Klawisze"),
        ("region", "Przewodnik"),
    ]
    expect(sheet.get_by_role("button", name="Zamknij")).to_be_focused()


def test_on_a_phone_by_touch_and_without_script(live: Live, browser: Browser) -> None:
    phone = browser.new_context(locale="uk-UA", viewport={"width": 360, "height": 740}, has_touch=True)
    page = phone.new_page()
    page.goto(live.path("/account/login/"))
    page.get_by_role("link", name="Довідка").tap()
    expect(page.get_by_role("dialog", name="Довідка").get_by_role("heading", level=3).last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(live.path("/guide/import/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, "a table scrolls by itself"
    axe(page)
    phone.close()
    bare = browser.new_context(locale="pl-PL", java_script_enabled=False)
    page = bare.new_page()
    page.goto(live.path("/account/login/"))
    page.get_by_role("link", name="Pomoc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pierwszy dzień")
    bare.close()
