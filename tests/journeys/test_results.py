"""What came of it: an adviser notes it of a person and of an institution, the grant officer opens the numbers."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.harness.browser import Live, axe, follow, log_in

from przystan.funding.models import Indicator
from przystan.institutions.models import Institution
from przystan.people.actions import Newcomer, NewName, register
from przystan.people.models import Person
from przystan.results.models import Result, ResultKind
from przystan.team.models import Organisation, Point

pytestmark = pytest.mark.journey
PHONE = {"width": 360, "height": 800}


def test_from_what_was_reached_to_the_number_and_its_list(live: Live, page: Page) -> None:
    page.set_viewport_size(PHONE)
    people, schools = counting()
    person = someone()
    school = Institution.objects.filter(kind__code="school").order_by("id")[0]
    log_in(page, live, "adviser")
    note_of_person(page, live, person)
    note_of_institution(page, live, school)
    officer = page.context.browser.new_page(locale="pl-PL", viewport=PHONE)
    log_in(officer, live, "grant_officer")
    open_number(officer, live, people)
    expect(officer.get_by_role("main")).to_contain_text(person.ref)
    axe(officer)
    open_number(officer, live, schools)
    listed = officer.get_by_role("main")
    expect(listed).to_contain_text(school.name)
    axe(officer)
    follow(officer, listed.locator(f"a[href*='institution={school.ref}']"))
    follow(officer, officer.get_by_role("main").locator("a[href*='/results/']").first)
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Instytucja wsparta")
    axe(officer)
    officer.close()


def counting() -> tuple[Indicator, Indicator]:
    """A new programme, before all others, that counts people with a level and institutions that were supported."""
    programme = factories.programme(Organisation.objects.get(short_name="CWII"), rank=0, name="0. Nowy program")
    kinds = {kind.code: kind for kind in ResultKind.objects.order_by("id")}
    return (
        factories.indicator(programme, "achievers", kinds=[kinds["language_level"]]),
        factories.indicator(programme, "institutions", kinds=[kinds["institution_supported"]]),
    )


def someone() -> Person:
    centre = Organisation.objects.get(short_name="CWII")
    point = Point.objects.get(organisation=centre, code="gdansk")
    newcomer = Newcomer(names=[NewName("Соломія Вербицька")], point=point, birth="1990-02-03", citizenships=["UA"])
    return register(by=factories.actor(centre, "adviser", at=point), newcomer=newcomer)


def note_of_person(page: Page, live: Live, person: Person) -> None:
    """From her page: what it is, from which level to which, proven by what."""
    page.goto(live.path(f"/people/{person.ref}/"))
    follow(page, page.get_by_role("link", name="Zapisz rezultat").first)
    axe(page)
    follow(page, page.get_by_role("link", name="Wyższy poziom polskiego"))
    axe(page)
    page.locator("select[name=before]").select_option("A1")
    page.locator("select[name=after]").select_option("A2")
    page.locator("select[name=proof]").select_option("test")
    page.locator("input[name=evidence]").fill("segregator 4")
    save(page)
    expect(page.get_by_role("main")).to_contain_text("A1 → A2")


def note_of_institution(page: Page, live: Live, school: Institution) -> None:
    """From the list of results."""
    page.goto(live.path("/results/new/?kind=institution_supported"))
    box = page.locator("select[name=institution]").locator("xpath=..").get_by_role("combobox").first
    box.fill(school.name)
    page.get_by_role("option", name=school.name, exact=True).first.click()
    axe(page)
    save(page)
    assert Result.objects.order_by("-id")[0].institution == school


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form .actions button").first.click()


def open_number(page: Page, live: Live, indicator: Indicator) -> None:
    """The programme's report says one; it opens the list."""
    page.goto(live.path(f"/reports/{indicator.programme.ref}/"))
    cell = page.locator("td.number").filter(has=page.locator(f"a[href*='/{indicator.ref}/']")).first
    assert re.sub(r"\D", "", cell.inner_text()) == "1"
    page.goto(live.path(f"/reports/{indicator.programme.ref}/{indicator.ref}/"))
    follow(page, page.get_by_role("main").locator(f"a[href*='/{indicator.ref}/list/']").first)
