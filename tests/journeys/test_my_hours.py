"""An interpreter notes time in Polish and in Ukrainian, on a telephone too, and a colleague says that it was so."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.harness.browser import Live, axe, ending, follow, log_in

pytestmark = pytest.mark.journey
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
WORDS = {
    "pl": ("Moje godziny", "jeszcze nie"),
    "uk": ("Мої години", "ще ні"),
}


def in_language(page: Page, code: str) -> None:
    page.locator("details.language-switch summary").click()
    follow(page, page.locator(f".language-switch button[value={code}]"))


def note(page: Page, live: Live, starts: str, ends: str) -> None:
    """For the first colleague of the list."""
    page.goto(live.path("/staff/hours/new/"))
    page.locator("[name=starts]").fill(starts)
    page.locator("[name=ends]").fill(ends)
    page.locator("[name=for_user]").select_option(index=1)
    follow(page, page.locator("main form button[type=submit]").first)


@pytest.mark.parametrize(("code", "starts", "ends"), [("pl", "01:00", "01:20"), ("uk", "02:00", "02:25")])
def test_time_is_noted_and_taken_back(page: Page, live: Live, code: str, starts: str, ends: str) -> None:
    title, waits = WORDS[code]
    log_in(page, live, "interpreter")
    in_language(page, code)
    note(page, live, starts, ends)
    expect(page.locator("h1")).to_have_text(title)
    row = page.locator("tbody tr", has_text=f"{starts}–{ends}")
    expect(row).to_contain_text(waits)
    axe(page)
    follow(page, row.locator("form button"))
    expect(page.locator("tbody tr", has_text=f"{starts}–{ends}").locator("form")).to_have_count(0)


def test_what_is_written_badly_stays_and_is_named(page: Page, live: Live) -> None:
    log_in(page, live, "interpreter")
    page.goto(live.path("/staff/hours/new/"))
    page.locator("[name=starts]").fill("03:00")
    follow(page, page.locator("main form button[type=submit]").first)
    expect(page.locator("[name=starts]")).to_have_value(re.compile("0?3:00"))
    expect(page.locator("main .error-summary").first).to_be_visible()


@pytest.mark.parametrize("code", WORDS)
def test_the_page_fits_a_telephone_and_reads_what_happens_with_their_data(
    live: Live, browser: Browser, code: str
) -> None:
    with ending():
        context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
        page = context.new_page()
        log_in(page, live, "interpreter")
        in_language(page, code)
        page.goto(live.path("/staff/hours/"))
        expect(page.locator("h1")).to_have_text(WORDS[code][0])
        assert page.evaluate(FITS)
        page.goto(live.path("/staff/me/"))
        follow(page, page.locator("a[href*='/privacy/subjects/']"))
        assert page.evaluate(FITS)
        axe(page)
        context.close()
