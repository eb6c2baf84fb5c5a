"""A coordinator's morning: from a number to its list, the ledger sorted and on paper, one's week, a confirmation."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.harness.browser import Live, axe, follow, log_in

pytestmark = pytest.mark.journey
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# Points on A4 at 96 to the inch, without the margins of the sheet.
SHEET = {"width": 673, "height": 990}


def as_printed(page: Page) -> None:
    """Nothing is wider than a sheet, and what is for the screen alone is not on it."""
    before = page.viewport_size
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    assert page.evaluate(FITS)
    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".bar")).to_be_hidden()
    page.emulate_media(media="screen")
    if before:
        page.set_viewport_size(before)


def test_numbers_of_the_morning_lead_to_their_lists(live: Live, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    log_in(page, live, "coordinator")
    axe(page)
    numbers = page.locator(".stats .stat-value a")
    expect(numbers.first).to_be_visible()
    for place in range(numbers.count()):
        many = numbers.nth(place).inner_text()
        follow(page, numbers.nth(place))
        axe(page)
        assert page.evaluate(FITS)
        rows = page.locator("main tbody:not(.table-sum) tr, main .pair").count()
        assert rows == min(int(many.rstrip("+")), 50) or "duplicates" in page.url
        page.goto(live.path("/"))


def test_the_ledger_is_sorted_grouped_and_printed(live: Live, page: Page) -> None:
    printed: list[str] = []
    page.expose_function("noted", lambda: printed.append(page.url))
    page.add_init_script("window.print = () => window.noted()")
    log_in(page, live, "coordinator")
    page.goto(live.path("/supports/?kind=full"))
    expect(page.locator(".table-sum")).to_be_visible()
    together = page.locator(".table-sum").inner_text()
    head = page.locator("th a.sort").nth(2)
    follow(page, head)
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    assert "kind=full" in page.url
    assert page.locator(".table-sum").inner_text() == together, "the same of all pages, however they are sorted"
    axe(page)
    page.goto(live.path("/supports/?kind=full&shown=visits"))
    axe(page)
    assert page.evaluate(FITS)
    assert page.locator(".table-sum").inner_text() == together
    page.goto(live.path("/supports/?kind=full&shown=services"))
    follow(page, page.locator("tbody th a").first)
    assert "service=" in page.url
    with page.expect_navigation():
        page.locator("a[href*='print=1']").click()
    page.wait_for_function("document.readyState === 'complete'")
    as_printed(page)
    assert printed == [page.url]


def test_my_week_leads_to_what_is_missing_and_a_confirmation_goes_on_paper(live: Live, page: Page) -> None:
    log_in(page, live, "coordinator")
    follow(page, page.locator("a[href='/week/']"))
    axe(page)
    as_printed(page)
    follow(page, page.locator("a[href^='?of=']").first)
    gap = page.locator("tbody a[href*='?day=']").first
    day = (gap.get_attribute("href") or "").partition("day=")[2]
    follow(page, gap)
    expect(page.locator("[name=day]")).to_have_value(day)
    page.goto(live.path("/supports/?kind=full"))
    follow(page, page.locator("tbody td a[href^='/people/']").first)
    name = page.locator("h1").inner_text()
    follow(page, page.locator("a[href$='/confirmation/']"))
    axe(page)
    page.locator("[name=services]").first.check()
    page.locator("[name=gloss]").select_option("uk")
    follow(page, page.locator("main form button[type=submit]").last)
    expect(page.locator("article.paper")).to_contain_text(name)
    expect(page.locator("article.paper")).to_contain_text("Підпис")
    axe(page)
    as_printed(page)
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.goto(live.path("/people/"))
    expect(page.locator("#found .card").first).to_contain_text(name)
    assert re.search(r"/people/$", page.url)
