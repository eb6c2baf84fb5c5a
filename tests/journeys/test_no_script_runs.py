"""Strings that are scripts, in names and other words of the record: a real browser runs none of them."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page
from tests import factories
from tests.harness.browser import Live, follow, log_in
from tests.hostile.strings import naughty

from przystan.people.actions.names import spell
from przystan.people.models import Channel, Person, PersonName
from przystan.support.models import Service
from przystan.team.models import Point

pytestmark = pytest.mark.journey
SCRIPTS = [text for text in naughty() if ("<" in text or "script:" in text.lower()) and text.isprintable()]
# Before any script of the page: whatever runs is counted, and whatever the policy had to stop is counted too.
COUNT = """
window.ran = 0; window.stopped = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.ran += 1; };
addEventListener("securitypolicyviolation", (event) => window.stopped.push(event.violatedDirective));
"""
FOUND = """() => ({
  ran: window.ran,
  stopped: window.stopped,
  inline: document.querySelectorAll("script:not([src]):not([type='application/json'])").length,
  links: document.querySelectorAll("[href^='javascript:' i], [src^='javascript:' i], [action^='javascript:' i]").length,
  handlers: [...document.querySelectorAll("*")]
    .flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on")).length,
})"""
NONE = {"ran": 0, "stopped": [], "inline": 0, "links": 0, "handlers": 0}


def written_everywhere(login: str) -> Person:
    """A person called by every one of them, others in the lists, the colleague and the point too."""
    user = get_user_model().objects.get(username=login)
    point = Point.objects.get(code="gdansk")
    person = factories.person(point, SCRIPTS[0], team=[user])
    name = PersonName.objects.get(person=person)
    for text in SCRIPTS:
        spell(PersonName(person=person, text=text[:200])).save()
        Channel.objects.create(person=person, kind="email", value=text[:200], shared_with=text[:120])
    PersonName.objects.filter(pk=name.pk).update(text=SCRIPTS[1])
    service = Service.objects.order_by("id")[0]
    for text in SCRIPTS[:20]:
        factories.support(point, service, factories.person(point, text, team=[user]), person, day=timezone.localdate())
    get_user_model().objects.filter(pk=user.pk).update(full_name="<img src=x onerror=alert(1)>")
    Point.objects.filter(pk=point.pk).update(name="<svg onload=alert(1)>")
    return person


def looked_at(page: Page, live: Live, path: str) -> list[str]:
    """Open a page; returns the pages that it leads to."""
    answer = page.goto(live.path(path))
    assert answer
    assert answer.status == 200, f"{path}: {answer.status}"
    assert page.evaluate(FOUND) == NONE, path
    return page.locator("main a[href^='/']").evaluate_all("links => links.map((a) => a.getAttribute('href'))")


def test_no_script_of_a_name_runs(live: Live, page: Page) -> None:
    person = written_everywhere("coordinator")
    page.add_init_script(COUNT)
    log_in(page, live, "coordinator")
    here = f"/people/{person.ref}/"
    held = 0
    for path in ("/", "/people/", "/supports/", "/reports/", here, f"{here}history/", f"{here}access/"):
        looked_at(page, live, path)
        held += page.locator("main").inner_text().count("alert(")
    for path in sorted({link for link in looked_at(page, live, here) if person.ref in link and "#" not in link})[:20]:
        looked_at(page, live, path)
    assert held > len(SCRIPTS)  # or the pages did not hold what was to run


def test_no_script_that_is_typed_runs(live: Live, page: Page) -> None:
    page.add_init_script(COUNT)
    log_in(page, live, "coordinator")
    page.goto(live.path("/people/"))
    for text in SCRIPTS[:: len(SCRIPTS) // 12]:
        page.locator("#search-q").fill(text)
        follow(page, page.locator("form.search.big button[type=submit]"))
        assert page.evaluate(FOUND) == NONE, text
