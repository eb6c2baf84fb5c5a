"""The register of institutions by hand: found, added beside one alike, filled in, merged, taken apart, on the map."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.harness.browser import Live, axe, follow, log_in

from przystan.institutions.models import Institution

pytestmark = pytest.mark.journey
NAME = "Szkoła Podstawowa nr 912"  # the demo has one, of Weeping Willow
FIRST = "the first that there is"
SEND = "main form button.primary[type=submit]"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def looked_at(page: Page) -> None:
    """As axe sees it, and as a phone and a desk have it."""
    axe(page)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS), f"{page.url} at {width}"


def filled(page: Page, **values: str) -> None:
    """What somebody types or chooses, by the names of the fields; sent."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name.replace('__', '-')}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(index=1) if value == FIRST else field.select_option(value)
        else:
            field.fill(value)
    follow(page, page.locator(SEND))


def added(page: Page, live: Live) -> str:
    """A second entry of the school, after the warning; the path of its page."""
    page.goto(live.path("/institutions/"))
    page.locator("main [name=q]").fill("sp 912")
    page.locator("main [name=q]").press("Enter")
    page.wait_for_url(lambda url: "q=sp" in url)
    expect(page.locator("tbody")).to_contain_text("Wierzby")
    looked_at(page)
    page.goto(live.path("/institutions/new/"))
    looked_at(page)
    filled(page, name=NAME, kind="school", town="Gdańsk", street="ul. Przykładowa 1")
    expect(page.locator(".alert")).to_contain_text("SP 912")
    assert Institution.objects.filter(name=NAME).count() == 0, "nothing is saved before it is answered"
    looked_at(page)
    follow(page, page.locator(SEND))
    found = re.search(r"/institutions/\w{12}/$", page.url)
    assert found
    return found[0]


def test_from_a_search_to_one_entry(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    path = added(page, live)
    for kind, values in {
        "contacts": {"name": "Ewa Nieistniejąca", "role": "sekretariat", "phone": "58 000 00 01"},
        "agreements": {"kind": FIRST, "number": "7/2026"},
        "addresses": {"street": "ul. Przykładowa 2", "town": "Gdańsk", "where": "54.352, 18.646"},
    }.items():
        page.goto(live.path(f"{path}{kind}/new/"))
        looked_at(page)
        filled(page, **values)
    page.goto(live.path(f"{path}hours/"))
    looked_at(page)
    filled(page, hours__0__weekday="0", hours__0__opens="08:00", hours__0__closes="15:00")
    for words in ("Ewa Nieistniejąca", "7/2026", "08:00–15:00", "ul. Przykładowa 2"):
        expect(page.locator("main")).to_contain_text(words)
    looked_at(page)

    page.goto(live.path("/institutions/map/"))
    expect(page.locator(".map-list")).to_contain_text(NAME)
    looked_at(page)

    page.goto(live.path(f"{path}same/"))
    looked_at(page)
    follow(page, page.locator("main .card", has_text="SP 912").get_by_role("link").last)
    looked_at(page)
    follow(page, page.locator(f"form[action$='/merges/']:not([action^='{path}']) button"))
    expect(page.locator("main")).to_contain_text("Ewa Nieistniejąca")
    assert path not in page.url, "the other entry is kept"
    assert page.goto(live.path(path))
    assert path not in page.url, "and the old address leads there"
    looked_at(page)
    follow(page, page.locator("form[action*='/undone/'] button"))
    expect(page.locator("main")).not_to_contain_text("Ewa Nieistniejąca")
    page.goto(live.path(path))
    assert page.url.endswith(path)
    expect(page.locator("main")).to_contain_text("Ewa Nieistniejąca")


def test_kinds_are_edited_where_they_are_used(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    page.goto(live.path("/institutions/"))
    follow(page, page.locator("a[href='/institutions/kinds/']"))
    looked_at(page)
    follow(page, page.locator("a[href='/institutions/kinds/institutions/new/']"))
    looked_at(page)
    filled(page, code="garden", name_pl="Ogród sąsiedzki", icon="house", stale_after="90")
    expect(page.locator("main")).to_contain_text("Ogród sąsiedzki")
    page.goto(live.path("/institutions/new/"))
    expect(page.locator("[name=kind]")).to_contain_text("Ogród sąsiedzki")


def test_who_signs_for_a_consent_is_changed(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    page.goto(live.path("/settings/"))
    follow(page, page.locator("a[href='/people/consents/']"))
    looked_at(page)
    follow(page, page.locator("a[href='/people/consents/photo/']"))
    looked_at(page)
    filled(page, source="Zarządzenie 7/2026")
    expect(page.locator("main")).to_contain_text("Zarządzenie 7/2026")
