"""Somebody corrects an entry and a name; who comes after them reads what it said before, on a phone too."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.harness.browser import Live, axe, follow, log_in

from przystan.people.models import Dwelling, PersonName
from przystan.reference.models import Place
from przystan.support.models import Service
from przystan.team.models import Point

pytestmark = pytest.mark.journey


def test_what_was_corrected_reads_as_before_and_after(live: Live, page: Page) -> None:
    user = get_user_model().objects.get(username="coordinator")
    person = factories.person(Point.objects.get(code="gdansk"), "Олена Коваленко", team=[user])
    service = Service.objects.order_by("id")[0]
    entry = factories.support(
        person.point, service, person, day=timezone.localdate(), staff=user, next_step="Call the office"
    )
    town, other = Place.objects.filter(kind="municipality").order_by("id")[:2]
    home = Dwelling.objects.create(person=person, place=town)
    Dwelling.objects.filter(pk=home.pk).update(place=other)
    PersonName.objects.filter(person=person).update(text="Олена Ковальчук")
    log_in(page, live, "coordinator")
    page.goto(live.path(f"/supports/{entry.ref}/amendment/"))
    page.locator("[name=next_step]").fill("Call the office on Monday. " * 8)
    follow(page, page.locator("main form .actions button.primary"))
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live.path(f"/supports/{entry.ref}/"))
        follow(page, page.locator(f"a[href='/supports/{entry.ref}/history/']"))
        expect(page.locator(".timeline")).to_contain_text("Call the office")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(".timeline summary").first.click()
        expect(page.locator(".timeline")).to_contain_text("Call the office on Monday. Call")
        page.goto(live.path(f"/people/{person.ref}/history/"))
        for words in ("Олена Коваленко", "Олена Ковальчук", town.name, other.name):
            expect(page.locator(".timeline")).to_contain_text(words)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
