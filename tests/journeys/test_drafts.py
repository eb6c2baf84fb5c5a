"""What was typed and not saved is kept on the server for whoever typed it, and offered: after a refusal, a closed
window, a crash, the end of the session, logging out. Nobody else who logs in there gets it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.access.clock import Clock, clock
from tests.harness.browser import Live, axe, follow, log_in
from tests.harness.centre import eventually
from tests.journeys.test_refused import Refusing, refusing

from przystan.casework.demo import PASSPHRASE
from przystan.drafts.models import Draft
from przystan.project.demo.centre import PASSWORD

pytestmark = pytest.mark.journey
__all__ = ["clock", "refusing"]
WORDS = "Щоденник: вона боїться \U0001f99a повертатися"
NEW = "/people/new/"


def note(page: Page, live: Live) -> Locator:
    """A new note of a file under keys."""
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
    page.goto(live.path("/programmes/add/"))
    return page.locator("main input[name=name]")


def person(page: Page, live: Live) -> Locator:
    """Somebody new."""
    page.goto(live.path(NEW))
    return page.locator("input[name=names-0-text]")


FORMS = {"psychologist": note, "coordinator": programme, "adviser": person}
Case = tuple[str, Locator]


@pytest.fixture(params=FORMS)
def case(page: Page, live: Live, request: pytest.FixtureRequest) -> Case:
    """Somebody, and a field of a form into which they have typed."""
    log_in(page, live, request.param)
    found = FORMS[request.param](page, live)
    write(found)
    return request.param, found


def write(field: Locator, words: str = WORDS) -> None:
    """Typed, and kept in a moment."""
    before = set(Draft.objects.values_list("ref", "turn"))
    field.fill(words)
    eventually(lambda: set(Draft.objects.waiting().values_list("ref", "turn")) - before)


def offered(page: Page) -> Locator:
    return page.locator("[data-offer]:visible")


def take(page: Page) -> None:
    offered(page).first.locator("[data-take]").click()


def send(field: Locator) -> None:
    field.evaluate("(field) => field.form.requestSubmit()")


def log_in_here(page: Page, login: str) -> None:
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def log_out(page: Page) -> None:
    page.locator(".bar-end details summary").last.click()
    follow(page, page.locator("form[action='/account/logout/'] button"))


def test_in_another_window_of_another_machine(page: Page, live: Live, case: Case, browser: Browser) -> None:
    """The first one has crashed."""
    login, _ = case
    path = urlsplit(page.url).path
    page.close()
    other = browser.new_page(locale="pl-PL")
    log_in(other, live, login)
    if login == "psychologist":
        other.goto(live.path("/keys/"))
        unlock(other)
    other.goto(live.path(path))
    expect(offered(other)).to_contain_text("Nie jest to jeszcze zapisane")
    axe(other)
    there = FORMS[login](other, live)
    expect(there).to_have_value("")
    take(other)
    expect(there).to_have_value(WORDS)
    expect(offered(other)).to_have_count(0)
    other.close()


def test_thrown_away_it_is_not_offered_again(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    write(person(page, live))
    page.reload()
    offered(page).locator("[data-away]").click()
    expect(offered(page)).to_have_count(0)
    eventually(lambda: not Draft.objects.exists())
    expect(person(page, live)).to_have_value("")
    expect(offered(page)).to_have_count(0)


def test_back_from_a_refusal(page: Page, live: Live, case: Case, refusing: Refusing) -> None:
    _, field = case
    refusing.add(f"POST {urlsplit(page.url).path}")
    send(field)
    expect(page.locator("main form button.primary")).to_be_visible()
    page.go_back()
    eventually(lambda: offered(page).count() or field.input_value() == WORDS)
    if offered(page).count():
        take(page)
    expect(field).to_have_value(WORDS)


def test_sent_again_from_the_page_that_refused(page: Page, live: Live, refusing: Refusing) -> None:
    log_in(page, live, "psychologist")
    field = note(page, live)
    write(field)
    refusing.add(f"POST {urlsplit(page.url).path}")
    send(field)
    again = page.locator("main form button.primary")
    expect(again).to_be_visible()
    refusing.clear()
    follow(page, again)
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(field).to_have_value("")
    expect(offered(page)).to_have_count(0)
    assert not Draft.objects.waiting().exists(), "what is saved is kept no longer"


def test_what_the_page_refuses_to_save_stands_there_and_is_not_offered(page: Page, live: Live) -> None:
    log_in(page, live, "coordinator")
    field = programme(page, live)
    write(field)
    send(field)
    expect(page.locator(".error-summary")).to_be_visible()
    expect(field).to_have_value(WORDS)
    write(field, "gone on with")
    expect(offered(page)).to_have_count(0)
    assert Draft.objects.count() == 1


def test_without_a_network(page: Page, live: Live) -> None:
    log_in(page, live, "coordinator")
    field = programme(page, live)
    write(field)
    page.context.set_offline(True)
    send(field)
    expect(page.locator("#toasts .tone-bad")).to_be_visible()
    expect(field).to_have_value(WORDS)
    page.context.set_offline(False)


def test_a_form_that_is_too_old(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    field = person(page, live)
    write(field)
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((one) => { one.value = 'x'; })")
    send(field)
    back = page.locator("main [data-back]")
    expect(back).to_be_visible()
    axe(page)
    follow(page, back)
    eventually(lambda: offered(page).count() or field.input_value() == WORDS)
    if offered(page).count():
        take(page)
    expect(field).to_have_value(WORDS)


def test_after_the_session_has_ended(page: Page, case: Case, clock: Clock) -> None:
    """The form was sent too late: after the login it is offered."""
    login, field = case
    path = urlsplit(page.url).path
    clock.wait(minutes=31)
    send(field)
    page.wait_for_url(re.compile("unsaved=1"))
    expect(page.locator(".alert")).to_contain_text("po zalogowaniu formularz to podsunie")
    assert WORDS not in page.content()
    log_in_here(page, login)
    if login == "psychologist":
        follow(page, page.locator("main a[href^='/keys/unlock/']").first)
        unlock(page)
    expect(page).to_have_url(re.compile(path))
    take(page)
    expect(field).to_have_value(WORDS)


def test_somebody_else_who_logs_in_there_gets_nothing(page: Page, live: Live, clock: Clock) -> None:
    log_in(page, live, "adviser")
    field = person(page, live)
    write(field)
    clock.wait(minutes=31)
    send(field)
    page.wait_for_url(re.compile("unsaved=1"))
    log_in_here(page, "reception")
    expect(page).to_have_url(re.compile(NEW))
    write(field, "something else")
    expect(offered(page)).to_have_count(0)
    assert WORDS not in page.content()


def test_after_logging_out(page: Page, live: Live) -> None:
    """The browser keeps nothing; the server offers it again."""
    log_in(page, live, "adviser")
    write(person(page, live))
    log_out(page)
    assert page.evaluate("[...Object.values(sessionStorage), ...Object.values(localStorage)].join()") == ""
    log_in(page, live, "adviser")
    field = person(page, live)
    take(page)
    expect(field).to_have_value(WORDS)


def test_other_windows_close_with_it(page: Page, live: Live) -> None:
    """On a shared computer the next one would read what stands there."""
    log_in(page, live, "adviser")
    write(person(page, live))
    other = page.context.new_page()
    other.goto(live.path("/"))
    log_out(other)
    expect(page.locator("body")).to_be_hidden()
    page.wait_for_url("**/account/login/**")
    other.close()


def test_two_windows_keep_a_draft_each(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    write(person(page, live), "Olena")
    other = page.context.new_page()
    field = person(other, live)
    expect(offered(other)).to_have_count(1)
    write(field, "Maryam")
    other.reload()
    expect(offered(other)).to_have_count(2)
    take(other)
    expect(field).to_have_value("Maryam")
    other.close()


def test_what_was_typed_in_the_last_second_before_leaving(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    person(page, live).fill(WORDS)
    page.goto(live.path("/"))
    eventually(lambda: Draft.objects.exists())
    field = person(page, live)
    take(page)
    expect(field).to_have_value(WORDS)


def test_rows_and_searchable_choices_come_back(page: Page, live: Live) -> None:
    log_in(page, live, "adviser")
    field = person(page, live)
    field.fill("Olena")
    page.locator("[data-rows-add]").first.click()
    page.locator("input[name=names-1-text]").fill("Олена")
    choice = page.locator("[role=combobox]:not(#bar-q)").first
    choice.fill("ukr")
    choice.press("Tab")
    shown = choice.input_value()
    write(field, "Olena K")
    page.reload()
    take(page)
    expect(page.locator("input[name=names-1-text]")).to_have_value("Олена")
    expect(choice).to_have_value(shown)
