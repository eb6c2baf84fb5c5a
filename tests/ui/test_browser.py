"""The component page in a real browser: accessible, readable from 360 px on, alive by its scripts, whole without them.

The browser is fed from memory: no server, no database.
"""

import json
import mimetypes
from importlib.resources import files
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, expect

from przystan.ui import bundles

from .helpers import components_page

pytestmark = pytest.mark.journey
HOST = "http://ui.test"
POLICY = "default-src 'none'; img-src 'self' data:" + "".join(
    f"; {kind}-src 'self'" for kind in ("script", "style", "font", "connect")
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def serve(route: Route, html: str) -> None:
    path = route.request.url.removeprefix(HOST).partition("?")[0]
    if path.endswith(("app.css", "app.js")):
        name = path.rpartition("/")[2]
        route.fulfill(body=bundles.bundle(name).plain, content_type=bundles.TYPES[name])
    elif path.startswith("/static/ui/"):
        file = bundles.STATIC / path.removeprefix("/static/ui/")
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
    else:
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})


@pytest.fixture
def shown(page: Page) -> Page:
    return show(page)


def show(page: Page, language: str = "pl") -> Page:
    with translation.override(language):
        html = components_page()
    page.route("**/*", lambda route: serve(route, html))
    page.goto(HOST + "/ui/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_accessible(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    show(page)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text())
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found["violations"]] == []


@pytest.mark.parametrize("language", ["pl", "uk", "ar"])
def test_nothing_sticks_out_of_a_phone(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    show(page, language)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_menus_close_by_escape_and_by_a_click_elsewhere(shown: Page) -> None:
    menu = shown.locator("details.language-switch")
    menu.locator("summary").click()
    assert menu.get_attribute("open") is not None
    shown.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    shown.locator("h1").click()
    assert menu.get_attribute("open") is None


def test_dialog_opens_and_closes(shown: Page) -> None:
    shown.locator("main [data-opens]").click()
    assert shown.locator("#example-dialog").is_visible()
    shown.locator("#example-dialog [data-closes]").first.click()
    assert not shown.locator("#example-dialog").is_visible()


def test_long_choice_is_found_by_typing(shown: Page) -> None:
    box = shown.locator("#id_language")
    box.fill("укр")
    shown.locator("[role=option]", has_text="Українська").wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == "Українська"
    assert shown.evaluate("document.querySelector('select[name=language]').value") == "uk"


def test_rows_are_added(shown: Page) -> None:
    rows = shown.locator("[data-rows-item]")
    before = rows.count()
    shown.locator("[data-rows-add]").click()
    assert rows.count() == before + 1
    assert shown.locator("[name=lines-TOTAL_FORMS]").input_value() == str(before + 1)
    assert shown.locator(f"[name=lines-{before}-topic]").count() == 1


def test_everything_is_there_without_script(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = show(context.new_page())
    assert page.locator("select[name=language]").is_visible()
    assert not page.locator("#side").is_visible()
    page.locator(".bar-drawer").click()
    assert page.locator("#side").is_visible()
    context.close()


def test_trouble_is_said_and_nothing_is_lost(shown: Page) -> None:
    shown.route("**/broken/", lambda route: route.fulfill(status=500, body="no"))
    shown.locator("#id_name").fill("Олена")
    shown.evaluate("(htmx.ajax('GET', '/broken/', '#lists').catch(() => 0), 0)")
    shown.locator("#toasts .tone-bad").wait_for()
    assert shown.locator("#id_name").input_value() == "Олена"


SAID = {"HX-Trigger": json.dumps({"toast": {"text": "Zaraz wracamy.", "tone": "bad"}})}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 503, "headers": SAID}, "Zaraz wracamy."),
        ({"status": 500, "body": "no"}, "Nie udało się"),
        (None, "Nie udało się"),
    ],
    ids=["busy", "broken", "silent"],
)
def test_a_list_that_does_not_come_is_said(shown: Page, answer: dict[str, Any] | None, words: str) -> None:
    """Each time it is asked for, in one message; what was typed stays."""
    shown.route("**/options/*", lambda route: route.fulfill(**answer) if answer else route.abort())
    box = shown.locator("#place-text")
    box.evaluate("(box, url) => { box.closest('[data-url]').dataset.url = url }", "/options/")
    for text in ("Gda", "Gdań"):
        with shown.expect_request("**/options/*"):
            box.fill(text)
    expect(shown.locator("#toasts .tone-bad")).to_contain_text(words)
    expect(shown.locator("#toasts .toast")).to_have_count(1)
    expect(box).to_have_value("Gdań")
    expect(shown.locator("#place-list")).to_be_hidden()


def test_a_form_is_sent_once_until_its_answer_was_a_file(shown: Page) -> None:
    shown.clock.install()
    shown.clock.pause_at("2100-01-01")
    sent: list[str] = []

    def give(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(body="x", headers={"Content-Disposition": 'attachment; filename="copy.zip"'})

    shown.route("**/file/", give)
    form = shown.locator("#forms form").first
    form.evaluate("form => { form.action = '/file/'; }")
    with shown.expect_download():
        form.locator("button.primary").dblclick()
    assert sent == ["POST"]
    shown.clock.run_for("00:10")
    with shown.expect_download():
        form.locator("button.primary").click()
    assert sent == ["POST"] * 2


def test_a_lost_session_leads_to_the_login_page(shown: Page) -> None:
    answer = {"responseURL": HOST + "/account/login/", "responseText": "<!doctype html>"}
    event = {"xhr": answer, "pathInfo": {"requestPath": "/piece/"}}
    with shown.expect_navigation(url="**/account/login/"):
        shown.evaluate("detail => { htmx.trigger(document.body, 'htmx:beforeSwap', detail); }", event)
