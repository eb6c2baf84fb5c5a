"""A searchable choice keeps the contract of a native select: what is typed is taken or told, and never lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.harness.browser import Live, axe, follow, log_in

from przystan.funding.models import Programme
from przystan.people.models import Person

pytestmark = pytest.mark.journey
FORM = "/people/new/"


@pytest.fixture
def box(live: Live, page: Page) -> Locator:
    """The citizenship of somebody who is being registered."""
    log_in(page, live, "adviser")
    page.goto(live.path(FORM))
    page.locator("input[name=name]").fill("Олена Тихомирова")
    return of(page, "citizenship")


def of(page: Page, field: str) -> Locator:
    return page.locator(f"select[name={field}]").locator("xpath=..").get_by_role("combobox").first


def value(page: Page) -> str:
    return str(page.locator("select[name=citizenship]").input_value())


@pytest.mark.parametrize("key", ["Tab", "Enter"])
def test_the_first_that_fits_is_taken(page: Page, box: Locator, key: str) -> None:
    """Also when somebody types quicker than the list opens, and where another was chosen before."""
    for typed, code, word in (("ukr", "UA", "Ukraina"), ("gru", "GE", "Gruzja")):
        box.fill("")
        box.press_sequentially(typed, delay=0)
        box.press(key)
        expect(box).to_have_value(word)
        assert value(page) == code
    expect(page).to_have_url(re.compile(re.escape(FORM) + "$"))
    assert not Person.objects.filter(names__text="Олена Тихомирова").exists()


def test_arrows_and_escape(page: Page, box: Locator) -> None:
    box.fill("an")
    expect(page.locator("li[role=option]:visible").first).to_be_visible()
    second = page.locator("li[role=option]:visible").nth(1).inner_text()
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(box).to_have_attribute(
        "aria-activedescendant", page.locator("li[role=option]:visible").nth(1).get_attribute("id") or ""
    )
    box.press("Tab")
    expect(box).to_have_value(second)
    box.fill("ukr")
    expect(page.locator("li[role=option]:visible").first).to_be_visible()
    box.press("Escape")
    expect(page.locator("li[role=option]:visible")).to_have_count(0)
    expect(box).to_have_value("ukr")


def test_what_fits_nothing_stays_and_is_told(page: Page, live: Live, box: Locator) -> None:
    box.fill("Ukraina")
    box.press("Enter")
    box.fill("Atlantyda")
    box.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(FORM) + "$"))
    expect(box).to_have_attribute("aria-invalid", "true")
    box.press("Tab")
    expect(box).to_have_value("Atlantyda")
    follow(page, page.locator("button[name=then][value=open]"))
    again = of(page, "citizenship")
    expect(again).to_have_value("Atlantyda")
    expect(again).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=name]")).to_have_value("Олена Тихомирова")
    assert not Person.objects.filter(names__text="Олена Тихомирова").exists()
    axe(page)
    again.fill("ukr")
    again.press("Tab")
    expect(again).to_have_value("Ukraina")
    follow(page, page.locator("button[name=then][value=open]"))
    assert Person.objects.get(names__text="Олена Тихомирова").citizenships.get().country == "UA"


def test_what_is_emptied_is_nothing(page: Page, box: Locator) -> None:
    box.fill("ukr")
    box.press("Tab")
    box.fill("")
    box.press("Tab")
    expect(box).to_have_value("")
    assert value(page) == ""


def test_several_of_many_are_ticked_and_found_by_letters(page: Page, live: Live) -> None:
    """One plain click on a list of the browser's turned five chosen services into one."""
    log_in(page, live, "coordinator")
    programme = Programme.objects.filter(outside=False).order_by("rank", "id").first()
    assert programme
    page.goto(live.path(f"/programmes/{programme.ref}/change/"))
    ticks = page.locator(".ticks:has(input[name=territory])")
    find, shown = ticks.get_by_role("searchbox"), ticks.locator(".choice:visible")
    kept = programme.territory.count()
    for letters, place in (("gdyn", "Gdynia"), ("SOPO", "Sopot")):
        find.fill(letters)
        ticks.get_by_label(place, exact=True).check()
    find.fill("no such place")
    expect(shown).to_have_count(kept + 2 - programme.territory.filter(name__in=["Gdynia", "Sopot"]).count())
    axe(page)
    follow(page, page.locator("main form button.primary").first)
    assert {"Gdynia", "Sopot"} <= set(programme.territory.values_list("name", flat=True))
