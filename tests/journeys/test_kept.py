"""What was typed and not saved stays with its window: through a refusal, a lost network, the end of the session.

Whatever the form: a note of a case file, a programme, an entry. Nobody else who logs in there gets it, nor reads it.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.access.clock import Clock, clock
from tests.harness.browser import Live, axe, follow, log_in
from tests.harness.centre import eventually
from tests.journeys.test_refused import Refusing, refusing

from przystan.casework.demo import PASSPHRASE

pytestmark = pytest.mark.journey
__all__ = ["clock", "refusing"]
WORDS = "Щоденник: вона боїться \U0001f99a повертатися"
FORGETFUL = """() => document.querySelectorAll("form").forEach((form) => form.setAttribute("autocomplete", "off"))"""


def note(page: Page, live: Live) -> Locator:
    """A new note of a file under keys."""
    log_in(page, live, "psychologist")
    page.goto(live.path("/keys/"))
    unlock(page)
    page.goto(live.path("/cases/"))
    follow(page, page.locator("main table a[href^='/cases/']").first)
    return page.locator("main textarea[name=text]")


def unlock(page: Page) -> None:
    """On the page of one's keys, which leads back."""
    form = page.locator("main form:has(input[name=passphrase])").first
    form.locator("input[name=passphrase]").fill(PASSPHRASE)
    follow(page, form.locator("button"))


def programme(page: Page, live: Live) -> Locator:
    """A new programme."""
    log_in(page, live, "coordinator")
    page.goto(live.path("/programmes/add/"))
    return page.locator("main input[name=name]")


def person(page: Page, live: Live) -> Locator:
    log_in(page, live, "adviser")
    page.goto(live.path("/people/new/"))
    return page.locator("input[name=names-0-text]")


FORMS = {"psychologist": note, "coordinator": programme}


@pytest.fixture(params=FORMS)
def field(page: Page, live: Live, request: pytest.FixtureRequest) -> Locator:
    """The field of a form, with something typed that the browser by itself would not remember."""
    found = FORMS[request.param](page, live)
    page.evaluate(FORGETFUL)
    found.fill(WORDS)
    kept(page)
    return found


def kept(page: Page) -> None:
    """What was typed is closed and put away, in a moment."""
    eventually(lambda: any(name.startswith("kept ") for name in stored(page)))
    assert WORDS not in str(stored(page))


def stored(page: Page) -> dict[str, str]:
    return dict(page.evaluate("({...sessionStorage})"))


def send(field: Locator) -> None:
    field.evaluate("(field) => field.form.requestSubmit()")


def test_back_from_a_refusal(page: Page, field: Locator, refusing: Refusing) -> None:
    refusing.add(f"POST {urlsplit(page.url).path}")
    send(field)
    expect(page.locator("main form button.primary")).to_be_visible()
    page.go_back()
    expect(field).to_have_value(WORDS)


def test_sent_again_from_the_page_that_refused(page: Page, live: Live, refusing: Refusing) -> None:
    field = note(page, live)
    field.fill(WORDS)
    path = f"POST {urlsplit(page.url).path}"
    refusing.add(path)
    send(field)
    again = page.locator("main form button.primary")
    expect(again).to_be_visible()
    refusing.clear()
    follow(page, again)
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(field).to_have_value("")
    assert not any(name.startswith(("kept ", "sent ")) for name in stored(page)), "what is saved is kept no longer"


def test_without_a_network(page: Page, live: Live) -> None:
    field = programme(page, live)
    field.fill(WORDS)
    page.context.set_offline(True)
    send(field)
    expect(page.locator("#toasts .tone-bad")).to_be_visible()
    expect(field).to_have_value(WORDS)
    page.context.set_offline(False)


def test_a_form_that_is_too_old(page: Page, live: Live) -> None:
    field = person(page, live)
    field.fill(WORDS)
    kept(page)
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((one) => { one.value = 'x'; })")
    send(field)
    back = page.locator("main [data-back]")
    expect(back).to_be_visible()
    axe(page)
    follow(page, back)
    expect(field).to_have_value(WORDS)


def log_in_here(page: Page, login: str) -> None:
    from przystan.project.demo.centre import PASSWORD

    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def test_after_the_session_has_ended(page: Page, field: Locator, clock: Clock) -> None:
    """The form was sent too late: after the login it is there again, said to be unsaved."""
    path = urlsplit(page.url).path
    login = "psychologist" if "cases" in path else "coordinator"
    clock.wait(minutes=31)
    send(field)
    page.wait_for_url(re.compile("unsaved=1"))
    expect(page.locator("[data-kept]")).to_be_visible()
    assert WORDS not in page.content()
    log_in_here(page, login)
    locked = page.locator("main a[href^='/keys/unlock/']")
    if login == "psychologist":
        follow(page, locked)
        unlock(page)
    expect(page).to_have_url(re.compile(path))
    expect(field).to_have_value(WORDS)
    expect(page.locator("#toasts .tone-wait")).to_be_visible()


def test_somebody_else_who_logs_in_there_gets_nothing(page: Page, live: Live, clock: Clock) -> None:
    field = person(page, live)
    field.fill(WORDS)
    kept(page)
    clock.wait(minutes=31)
    send(field)
    page.wait_for_url(re.compile("unsaved=1"))
    log_in_here(page, "reception")
    expect(page).to_have_url(re.compile("/people/new/"))
    eventually(lambda: not any(name.startswith("kept ") for name in stored(page)))
    expect(field).to_have_value("")
    assert WORDS not in page.content()


def test_who_logs_out_leaves_nothing(page: Page, live: Live) -> None:
    field = person(page, live)
    field.fill(WORDS)
    kept(page)
    log_out(page)
    assert not {"whose", "again"} & set(stored(page))
    assert not any(name.startswith("kept ") for name in stored(page))


def log_out(page: Page) -> None:
    page.locator(".bar-end details summary").last.click()
    follow(page, page.locator("form[action='/account/logout/'] button"))


def test_other_windows_close_with_it(page: Page, live: Live) -> None:
    """On a shared computer the next one would read what stands there."""
    field = person(page, live)
    field.fill(WORDS)
    other = page.context.new_page()
    other.goto(live.path("/"))
    log_out(other)
    expect(page.locator("body")).to_be_hidden()
    page.wait_for_url("**/account/login/**")
    other.close()


def test_nor_in_any_other_window(page: Page, live: Live) -> None:
    """One that is open, and one that was put to sleep: it hears of nothing until it is opened again."""
    field = person(page, live)
    field.fill(WORDS)
    kept(page)
    asleep = dict(stored(page))
    other = page.context.new_page()
    other.goto(live.path("/"))
    log_out(other)
    eventually(lambda: not stored(page))
    page.goto(live.path("/healthz"))  # no script of ours runs there
    page.evaluate("(before) => Object.assign(sessionStorage, before)", asleep)
    log_in(other, live, "adviser")
    page.goto(live.path("/people/new/"))
    eventually(lambda: "since" in stored(page))
    assert not any(name.startswith("kept ") for name in stored(page))
    other.close()


def test_what_is_kept_does_not_tell_whom_somebody_looked_at(page: Page, live: Live) -> None:
    """Nor of whom a form was sent, while it waits for the login."""
    log_in(page, live, "psychologist")
    page.goto(live.path("/keys/"))
    unlock(page)
    page.goto(live.path("/cases/"))
    follow(page, page.locator("main table a[href^='/cases/']").first)
    page.locator("main textarea[name=text]").fill(WORDS)
    kept(page)
    ref = urlsplit(page.url).path.strip("/").split("/")[-1]
    shown = str(stored(page))
    assert len(ref) > 8
    assert ref not in shown
    assert "cases" not in shown


def test_a_window_that_begins_beside_another_loses_nothing(page: Page, live: Live) -> None:
    field = person(page, live)
    field.fill(WORDS)
    kept(page)
    other = page.context.new_page()
    other.goto(live.path("/people/new/"))
    other.reload()
    assert any(name.startswith("kept ") for name in stored(page))
    page.goto(live.path("/"))
    page.go_back()
    expect(field).to_have_value(WORDS)
    other.close()
