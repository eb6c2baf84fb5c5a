"""From an empty centre to a funder's first report by what the screen says: from the list of first steps on Today."""

import re

from playwright.sync_api import Locator, Page, expect
from tests.harness.browser import axe, follow

PAGES, TYPED = 24, 140  # at most so many pages and typed letters: at one page a minute and with thought, half an hour
WHO = "Зоряна Винниченко"


class Newcomer:
    """Somebody who reads the screen: follows links that it shows, fills fields, and never types an address."""

    def __init__(self, page: Page):
        self.page, self.pages, self.typed = page, 0, 0

    def step(self, title: str) -> None:
        """From Today, by the first steps, to the page of one that is still to do."""
        self.click(self.page.locator("nav a[href='/']").first)
        axe(self.page)
        self.click(self.page.locator(".steps a", has_text=title))

    def click(self, target: Locator) -> None:
        follow(self.page, target)
        self.pages += 1

    def fill(self, field: str, text: str) -> None:
        self.page.locator(f"main [name='{field}']").first.fill(text)
        self.typed += len(text)

    def save(self) -> None:
        self.click(self.page.locator("main form button.primary").last)


def to_first_report(page: Page) -> None:
    """Every step of the list but those on the server; the number 1 stands in the report, and the list is done there."""
    who = Newcomer(page)
    hours(who)
    reference = programme(who)
    person_and_support(who)
    report(who, reference)
    assert who.pages <= PAGES, who.pages
    assert who.typed <= TYPED, who.typed


def hours(who: Newcomer) -> None:
    who.step("Punkty i godziny")
    who.click(who.page.locator("main a", has_text="Zmień").first)
    who.page.locator("select[name='hours-0-weekday']").select_option("0")
    who.fill("hours-0-opens", "09:00")
    who.fill("hours-0-closes", "15:00")
    who.save()


def programme(who: Newcomer) -> str:
    """A name, a funder, two days; then what the funder counts. Returns its reference."""
    who.step("Program, który może płacić")
    who.fill("name", "Razem w Kwidzynie")
    who.fill("new_funder", "Miasto Kwidzyn")
    who.fill("starts", "2020-01-01")
    who.save()
    who.click(who.page.locator("main a", has_text="Anuluj"))  # everybody is paid for: the rule can wait
    expect(who.page.locator("main .alert.tone-bad")).to_have_count(0)
    who.click(who.page.locator("main a[href$='/indicators/add/']"))
    axe(who.page)
    who.fill("name_pl", "Osoby")
    who.page.locator("select[name=counted]").select_option("people")
    who.fill("target", "100")
    who.save()
    found = re.search(r"/programmes/(\w+)/", who.page.url)
    assert found
    return found[1]


def person_and_support(who: Newcomer) -> None:
    """The search box first, then register and log in one go; the programme that can pay is suggested."""
    page = who.page
    page.locator("input[type=search]").first.fill(WHO)
    who.typed += len(WHO)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    who.pages += 1
    who.click(page.locator("#register-new"))
    who.click(page.locator("button[name=then][value=log]"))
    box = page.locator("#id_service")
    box.fill("pobytu")
    who.typed += len("pobytu")
    page.locator("[role=listbox] [role=option]").first.click()
    expect(page.locator("#payers")).to_contain_text("Razem w Kwidzynie")
    who.click(page.locator("main form button.primary").first)


def report(who: Newcomer, programme: str) -> None:
    who.click(who.page.locator("nav a[href='/reports/']").first)
    who.click(who.page.locator(f"main a[href*='/reports/{programme}/']").first)
    expect(who.page.locator("td.number", has_text=re.compile(r"^\s*1\s*$")).first).to_be_visible()
    who.click(who.page.locator("nav a[href='/']").first)
    done = who.page.locator(".steps .step-done")
    expect(done).to_have_count(5)
    expect(who.page.locator(".steps a")).to_have_text(["Druga osoba, która kieruje"])
