"""A real browser on a living demo centre."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from . import database

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LONGEST = 300  # seconds of one journey on a busy machine
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Live:
    """A served demo centre: its address and the accounts, one per role."""

    url: str

    def path(self, path: str) -> str:
        return self.url + path


@pytest.fixture
def live(django_db_setup: None, django_db_blocker: Any) -> Iterator[Live]:
    """A demo centre of 60 people behind a real server; every test gets its own copy of the database."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    with django_db_blocker.unblock(), database.copy_of(database.demo(), "live"):
        broken: list[BaseException | None] = []

        def note(**_: Any) -> None:
            broken.append(sys.exc_info()[1])

        got_request_exception.connect(note)
        thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield Live(f"http://127.0.0.1:{thread.port}")
        finally:
            thread.terminate()
            got_request_exception.disconnect(note)
        assert not broken, f"the server failed: {broken}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, without a window."""
    if not shutil.which(CHROMIUM):
        message = "no chromium: `apt-get install chromium`, or set CHROMIUM to its path"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    # Playwright keeps an event loop in this thread; Django would refuse its database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def ending() -> Iterator[None]:
    """What Playwright waits for without a limit of its own ends all the same: a journey that hangs fails."""

    def over(*_: object) -> None:
        raise TimeoutError(f"this journey took more than {LONGEST} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page in Polish at desktop width; an error in the page's console fails the test."""
    with ending():
        context = browser.new_context(
            locale="pl-PL", viewport={"width": 1280, "height": 900}, timezone_id="Europe/Warsaw"
        )
        context.set_default_timeout(10_000)
        errors: list[str] = []
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
        yield page
        context.close()
    assert not errors, f"the browser complained: {errors}"


def log_in(page: Page, live: Live, login: str) -> None:
    """Log in through the login page as one of the demo's accounts, and land on Today."""
    from przystan.project.demo.centre import PASSWORD

    page.goto(live.path("/account/login/"))
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def follow(page: Page, target: Locator) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        target.click()


def axe(page: Page, *, exclude: tuple[str, ...] = ()) -> None:
    """Assert that axe-core finds no WCAG 2.2 AA violation on the page."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    context: dict[str, Any] | None = {"exclude": [[selector] for selector in exclude]} if exclude else None
    found = Axe().run(page, context=context, options=options).response["violations"]
    words = [f"{one['id']}: {one['help']} {json.dumps([node['target'] for node in one['nodes'][:3]])}" for one in found]
    assert not found, f"{page.url}\n" + "\n".join(words)
