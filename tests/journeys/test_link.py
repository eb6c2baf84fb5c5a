"""Somebody with an old phone reads and answers by a link: no script, 320 px, in the languages that they read."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.harness.browser import Live, axe, ending, follow

from przystan.access.models import User
from przystan.access.scope import acting
from przystan.links.models import Link
from przystan.people.models import Person
from przystan.privacy.actions.notices import ask_to_read
from przystan.team.queries import actor_for

pytestmark = pytest.mark.journey
PHONE = {"width": 320, "height": 568}
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def asked() -> str:
    """The path of a link that an adviser has just made."""
    by = actor_for(User.objects.get(username="adviser"))
    assert by
    with acting(by):
        person = Person.objects.open_to(by).current().filter(protected=False, notices=None).order_by("id")[0]
        made = ask_to_read(by=by, ref=person.ref, language="uk")
    return f"/links/{made.token}/"


def test_it_is_read_and_answered_without_script(live: Live, browser: Browser) -> None:
    with ending():
        context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="en-GB")
        page, path = context.new_page(), asked()
        sent: list[str] = []
        page.on("request", lambda one: sent.append(one.headers.get("referer", "")))
        kept: list[int] = []
        page.on("response", lambda one: kept.append(len(one.body()) if one.status == 200 else 0))
        page.goto(live.path(path))
        expect(page.locator("html")).to_have_attribute("lang", "uk")
        assert page.evaluate(FITS)
        follow(page, page.locator("main form button[type=submit]"))
        expect(page.locator("main")).to_contain_text("UODO")
        assert page.evaluate(FITS)
        follow(page, page.get_by_role("button", name="Русский"))
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        follow(page, page.get_by_role("button", name="Прочитано"))
        expect(page.locator("h1")).to_have_text("Спасибо")
        assert [cookie["name"] for cookie in context.cookies()] == ["csrftoken"]
        assert not [one for one in sent if re.search(r"/links/", one)], "no request names the address it came from"
        assert sum(kept) < 300_000, "all of it, with fonts, on a slow network"
        context.close()
    assert Link.objects.get(digest__isnull=False, answered_at__isnull=False, language="uk", notice__language="ru")


def test_its_pages_are_for_everybody(live: Live, browser: Browser) -> None:
    """As axe sees them, which needs script; the pages have none of their own. In each language, light and dark."""
    with ending():
        for code in ("pl", "uk", "ru"):
            context = browser.new_context(viewport=PHONE, color_scheme="dark" if code == "pl" else "light")
            context.set_default_timeout(10_000)
            page, path = context.new_page(), asked()
            page.goto(live.path(f"{path}?in={code}"))
            _for_everybody(page, code)
            follow(page, page.locator("main form button[type=submit]"))
            _for_everybody(page, code)
            follow(page, page.locator("main form button.primary"))
            _for_everybody(page, code)
            page.goto(live.path(f"/links/{'0' * 27}/?in={code}"))
            _for_everybody(page, code)
            context.close()


def _for_everybody(page: Page, code: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", code)
    assert page.evaluate(FITS), page.url
    axe(page)
