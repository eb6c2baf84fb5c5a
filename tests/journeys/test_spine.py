"""From the walk-in to the funder's report, as an adviser and a coordinator do it."""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests import factories
from tests.harness.browser import Live, axe, follow, log_in

from przystan.funding.models import Indicator, Programme
from przystan.people.actions import Newcomer, NewName, register
from przystan.people.models import Person
from przystan.support.models import Service, Support, Topic
from przystan.team.models import Organisation, Point

pytestmark = pytest.mark.journey

NEWCOMER = "Зоряна Винниченко"


@pytest.mark.parametrize("width", [1280, 360])
def test_from_the_walk_in_to_the_report(live: Live, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    known = known_person()
    people = Person.objects.count()
    log_in(page, live, "adviser")
    axe(page)
    find_known(page, live, known)
    register_newcomer(page, live)
    assert Person.objects.count() == people + 1
    counted = Indicator.objects.get(programme__key="demo-otwarte-pomorze", counted="supports", services__code=SERVICE)
    coordinator = page.context.browser.new_page(locale="pl-PL", viewport={"width": width, "height": 900})
    log_in(coordinator, live, "coordinator")
    before = number_of(coordinator, live, counted)
    log_support(page, live)
    support = Support.objects.select_related("allocation__programme").order_by("-id")[0]
    assert support.allocation.programme == counted.programme
    assert sorted(row.minutes for row in support.efforts.all()) == [15, 30]
    assert support.interpreter == "interpreter"
    assert number_of(coordinator, live, counted) == before + 1
    open_to_the_record(coordinator, live, counted, support)
    assert support.ref in spreadsheet(coordinator, live, counted.programme)
    coordinator.close()


SERVICE = "residence_advice"


def known_person() -> Person:
    """Somebody who was here last year, under the name in her own script."""
    centre = Organisation.objects.get(short_name="CWII")
    point = Point.objects.get(organisation=centre, code="gdansk")
    newcomer = Newcomer(names=[NewName("Наталія Грицюк")], point=point, birth="1991-04-12", citizenships=["UA"])
    return register(by=factories.actor(centre, "adviser", at=point), newcomer=newcomer)


def find_known(page: Page, live: Live, known: Person) -> None:
    """Another spelling finds her; nobody is made twice."""
    search(page, "Natalia Hrycjuk")
    found = page.get_by_role("main").locator(f"a[href='/people/{known.ref}/']")
    expect(found.first).to_be_visible()
    axe(page)
    follow(page, found.first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Наталія Грицюк")
    axe(page)


def search(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/people/$"))


def register_newcomer(page: Page, live: Live) -> None:
    """What was typed into the search box is not typed again."""
    search(page, f"{NEWCOMER} 1988")
    follow(page, page.locator("main form[action$='/start/'] button").last)
    expect(page.locator("input[name=name]")).to_have_value(NEWCOMER)
    axe(page)
    choose(page, "citizenship", "Ukraina")
    page.locator("button[name=then][value=log]").click()
    page.wait_for_url(re.compile("/supports/new/"))


def log_support(page: Page, live: Live) -> None:
    """Two topics, an interpreter, and another payer than the suggested one, with a reason."""
    person = Person.objects.get(names__text=NEWCOMER)
    page.goto(live.path(f"/supports/new/?person={person.ref}"))
    axe(page)
    choose(page, "service", str(Service.objects.get(code=SERVICE).names["pl"]))
    for place, (topic, minutes) in enumerate([("temporary_residence", 30), ("pesel", 15)]):
        choose(page, f"topics-{place}-topic", Topic.objects.get(code=topic).names["pl"])
        page.locator(f"[name=topics-{place}-minutes]").fill(str(minutes))
    page.locator("select[name=interpreter]").select_option("interpreter")
    payer = Programme.objects.get(key="demo-otwarte-pomorze")
    suggested = page.locator("input[name=payer]:checked")
    expect(suggested).not_to_have_value("")
    assert suggested.input_value() != payer.ref
    page.locator(f"#payer-{payer.ref}").check()
    page.locator("input[name=reason]").fill("Fundusz płaci za porady w listopadzie")
    refused = page.locator("#payers-refused")
    refused.locator("summary").click()
    refused.evaluate("part => { part.dataset.before = 'yes' }")
    reason = page.locator("input[name=reason]")
    # Somebody goes on typing while the payers are on their way.
    typing = "field => document.body.addEventListener('htmx:beforeSwap', () => { field.value += '!' }, {once: true})"
    reason.evaluate(typing)
    page.locator("input[name=next_step]").fill("Donieść zdjęcia")
    page.keyboard.press("Tab")
    expect(refused).not_to_have_attribute("data-before", "yes")
    expect(refused).to_have_attribute("open", "")
    expect(reason).to_have_value("Fundusz płaci za porady w listopadzie!")
    axe(page)
    page.locator("main form .actions button").first.click()
    page.wait_for_url(lambda url: "/supports/new/" not in url)
    axe(page)


def choose(page: Page, field: str, text: str) -> None:
    """Type into a searchable choice and take what it offers first."""
    box = page.locator(f"select[name='{field}']").locator("xpath=..").get_by_role("combobox").first
    box.fill(text)
    page.get_by_role("option", name=text, exact=True).first.click()


def number_of(page: Page, live: Live, indicator: Indicator) -> int:
    """The number on the programme's report, as the coordinator reads it."""
    page.goto(live.path(f"/reports/{indicator.programme.ref}/"))
    cell = page.locator("td.number").filter(has=page.locator(f"a[href*='/{indicator.ref}/']")).first
    return int(re.sub(r"\D", "", cell.inner_text()))


def open_to_the_record(page: Page, live: Live, indicator: Indicator, support: Support) -> None:
    """Programme, number, list, record."""
    page.goto(live.path(f"/programmes/{indicator.programme.ref}/"))
    axe(page)
    page.goto(live.path(f"/reports/{indicator.programme.ref}/"))
    axe(page)
    page.goto(live.path(f"/reports/{indicator.programme.ref}/{indicator.ref}/list/"))
    axe(page)
    follow(page, page.get_by_role("main").locator(f"a[href='/supports/{support.ref}/']").first)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)


def spreadsheet(page: Page, live: Live, programme: Programme) -> str:
    """Every text in the XLSX of the report."""
    page.goto(live.path(f"/reports/{programme.ref}/"))
    with page.expect_download() as download:
        page.locator("form[action$='/file/'] button").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()), read_only=True)
    return " ".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
