"""A group: people are found one after the other, and nobody who was ticked is lost."""

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.harness.browser import Live, axe, log_in

from przystan.people.models import Person
from przystan.support.models import Gathering
from przystan.team.models import Point

pytestmark = pytest.mark.journey
NAMES = ["Квітослава Перепелиця", "Зоряна Винниченко"]


def test_who_was_ticked_stays_while_the_next_is_sought(live: Live, page: Page) -> None:
    point = Point.objects.get(code="gdansk")
    people = {factories.person(point, name).pk for name in NAMES}
    log_in(page, live, "adviser")
    page.goto(live.path("/groups/new/"))
    axe(page)
    for name in NAMES:
        page.locator("#person-text").fill(name)
        found = page.locator("#who-found label", has_text=name)
        expect(found).to_have_count(1)
        found.locator("input").check()
    expect(page.locator("#who-chosen")).to_contain_text(NAMES[0])
    axe(page)
    page.locator("select[name=service]").evaluate("field => { field.selectedIndex = field.options.length - 1 }")
    page.locator("main form .actions button").first.click()
    page.wait_for_url(lambda url: "/groups/" not in url)
    supports = Gathering.objects.latest("id").supports.all()
    assert {row.pk for row in Person.objects.filter(supports__in=supports)} == people
