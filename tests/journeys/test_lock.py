"""Leaving the desk: after logging out or the idle lock, Back shows nothing of anybody."""

import re
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect
from tests.access.clock import Clock, clock
from tests.harness.browser import ARGUMENTS, CHROMIUM, Live, axe, follow, log_in
from tests.harness.centre import eventually

from przystan.drafts.models import Draft
from przystan.project.demo.centre import PASSWORD

pytestmark = pytest.mark.journey
__all__ = ["clock"]
NAME = "Квітослава Перепелиця"


@pytest.fixture(autouse=True)
def only_our_own_host(page: Page) -> Iterator[None]:
    """No page asks anybody else for anything."""
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    yield
    assert hosts <= {"127.0.0.1", None}


def open_a_person(page: Page, live: Live) -> str:
    """Register somebody and stay on their page; returns their name."""
    log_in(page, live, "adviser")
    page.goto(live.path("/people/"))
    page.locator("#search-q").fill(NAME)
    expect(page.locator("form[action='/people/new/start/'] input[name=q]")).to_have_value(NAME)
    follow(page, page.locator("form[action='/people/new/start/'] button"))
    follow(page, page.locator("button[name=then][value=open]"))
    if page.url.endswith("/people/new/"):
        follow(page, page.locator("button[name=then][value=open]"))
    expect(page.locator("h1")).to_have_text(NAME)
    return NAME


def back(page: Page) -> None:
    """The browser's Back. A page that came from a form is not asked for again without the user: no page at all."""
    try:
        page.go_back()
    except Error as error:
        if "ERR_CACHE_MISS" not in error.message:
            raise


def assert_nothing_seen(page: Page, name: str) -> None:
    expect(page.get_by_text(name)).to_have_count(0)
    assert name not in page.content()


@pytest.fixture
def keeping(browser: Browser) -> Iterator[Page]:
    """A page of a browser that keeps whole pages for Back and Forward, as people's browsers do and Playwright's not."""
    kept = browser.browser_type.launch(
        executable_path=shutil.which(CHROMIUM),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache", "--disable-features=BackForwardCache"],
    )
    yield kept.new_page(viewport={"width": 1280, "height": 900})
    kept.close()


def test_back_shows_nothing_even_of_a_page_that_was_kept_whole(live: Live, keeping: Page) -> None:
    name = open_a_person(keeping, live)
    keeping.locator(".bar-end details summary").last.click()
    follow(keeping, keeping.locator("form[action='/account/logout/'] button"))
    for _ in range(4):
        back(keeping)
        assert_nothing_seen(keeping, name)


def test_back_after_logging_out_shows_nobody(live: Live, page: Page) -> None:
    name = open_a_person(page, live)
    page.locator(".bar-end details summary").last.click()
    follow(page, page.locator("form[action='/account/logout/'] button"))
    expect(page).to_have_url(re.compile("/account/login/"))
    for _ in range(4):
        back(page)
        assert_nothing_seen(page, name)


def test_the_page_warns_and_then_locks(live: Live, page: Page, clock: Clock) -> None:
    page.clock.install()
    name = open_a_person(page, live)
    person = urlsplit(page.url).path
    clock.wait(minutes=28.5)
    page.clock.run_for("28:30")
    warning = page.locator("[data-lock]")
    expect(warning).to_be_visible()
    axe(page)
    warning.locator("button").click()
    expect(warning).to_be_hidden()
    clock.wait(minutes=31)
    page.clock.run_for("31:00")
    page.wait_for_url(re.compile("/account/login/"))
    assert_nothing_seen(page, name)
    expect(page.locator(".alert")).to_be_visible()
    axe(page)
    back(page)
    assert_nothing_seen(page, name)
    page.goto(live.path(f"/account/login/?next={person}&why=away"))
    page.locator("input[name=login]").fill("adviser")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(person))


def test_what_was_begun_waits_until_the_same_person_logs_in(live: Live, page: Page, clock: Clock) -> None:
    page.clock.install()
    log_in(page, live, "adviser")
    page.goto(live.path("/people/new/"))
    name = page.locator("main form[method=post] input[type=text]").first
    name.fill("Helena")
    page.clock.run_for("00:02")
    eventually(lambda: Draft.objects.exists())
    clock.wait(minutes=31)
    page.clock.run_for("31:00")
    page.wait_for_url(re.compile("unsaved=1"))
    assert_nothing_seen(page, "Helena")
    expect(page.locator(".alert strong")).to_be_visible()
    page.locator("input[name=login]").fill("adviser")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/people/new/"))
    page.locator("[data-take]").click()
    expect(name).to_have_value("Helena")


def test_a_busy_second_page_keeps_both_open(live: Live, page: Page, clock: Clock) -> None:
    page.clock.install()
    open_a_person(page, live)
    other = page.context.new_page()
    clock.wait(minutes=20)
    other.goto(live.path("/people/"))
    clock.wait(minutes=12)
    page.clock.run_for("32:00")
    expect(page.locator("main")).to_be_visible()
    expect(page).to_have_url(re.compile("/people/"))
    other.close()


def test_a_server_that_does_not_answer_takes_away_nothing(live: Live, page: Page) -> None:
    """Neither while somebody types nor when the time is over: then the page is hidden, says why, and comes back."""
    page.clock.install()
    log_in(page, live, "adviser")
    page.goto(live.path("/people/new/"))
    name = page.locator("main form[method=post] input[type=text]").first
    name.fill("Helena")
    page.route("**/account/session/", lambda route: route.fulfill(status=503, body="busy"))
    page.clock.run_for("01:10")
    with page.expect_response("**/account/session/"):
        name.press("End")
    expect(name).to_be_visible()
    page.clock.run_for("31:00")
    expect(page.locator("[data-lock-away]")).to_be_visible()
    expect(name).to_be_hidden()
    axe(page)
    page.unroute("**/account/session/")
    page.clock.run_for("00:06")
    expect(page.locator("[data-lock-away]")).to_be_hidden()
    expect(name).to_have_value("Helena")
    expect(name).to_be_visible()
