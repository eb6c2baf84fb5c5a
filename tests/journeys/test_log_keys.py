"""Registering somebody and logging two topics with the keyboard alone, each key counted."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.harness.browser import Live, log_in

from przystan.support.models import Service, Support, Topic

pytestmark = pytest.mark.journey
NAME = "Ода Бжи"
MOST = 70


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def tab_to(self, name: str) -> None:
        for _ in range(30):
            if self.page.evaluate("document.activeElement.id || document.activeElement.name") == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} is not reached in 30 keys")

    def choose(self, text: str, wanted: str) -> None:
        """Letters, and what is offered first."""
        self.type(text)
        expect(self.page.locator("[role=option]:visible:not([aria-disabled=true])").first).to_have_text(wanted)
        self.press("Tab")


def test_register_and_log_in_seventy_keys(live: Live, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    log_in(page, live, "adviser")
    keys = Keys(page)
    keys.press("/")
    keys.type(NAME)
    keys.press("Enter")
    page.wait_for_url(re.compile("/people/$"))
    keys.tab_to("register-new")
    keys.press("Enter")
    page.wait_for_url(re.compile("/start/$"))
    expect(page.locator("#id_birth_0")).to_be_focused()
    in_reach(page)
    keys.press("Enter")
    page.wait_for_url(re.compile("/supports/new/"))
    expect(page.locator("#id_service")).to_be_focused()
    in_reach(page)
    keys.choose("pobytu", str(Service.objects.get(code="residence_advice").names["pl"]))
    for place, (typed, code, minutes) in enumerate(
        [("pobyt czas", "temporary_residence", "30"), ("numer p", "pesel", "15")]
    ):
        keys.tab_to(f"id_topics-{place}-topic")
        keys.choose(typed, Topic.objects.get(code=code).names["pl"])
        keys.tab_to(f"id_topics-{place}-minutes")
        keys.type(minutes)
    keys.tab_to("id_language")
    keys.choose("ukr", "ukraiński")
    keys.tab_to("id_interpreter")
    keys.type("t")
    keys.tab_to("id_next_step")
    keys.press("Enter")
    page.wait_for_url(re.compile("/people/"))
    support = Support.objects.get(people__names__text=NAME)
    assert sorted(row.minutes for row in support.efforts.all()) == [15, 30]
    assert (support.language, support.interpreter) == ("uk", "interpreter")
    assert keys.pressed <= MOST, f"{keys.pressed} keys"


def in_reach(page: Page) -> None:
    """What saves is on the screen before anybody scrolls."""
    box = page.locator("main form > .actions").bounding_box()
    size = page.viewport_size
    assert box
    assert size
    assert box["y"] + box["height"] <= size["height"] + 1


def test_save_is_in_reach_on_a_phone(live: Live, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 400})  # as little as a keyboard leaves
    log_in(page, live, "adviser")
    page.goto(live.path("/supports/new/"))
    expect(page.locator("#person-text")).to_be_focused()
    in_reach(page)
    page.locator("#id_next_step").focus()
    in_reach(page)
    field, bar = page.locator("#id_next_step").bounding_box(), page.locator("main form > .actions").bounding_box()
    assert field
    assert bar
    assert field["y"] + field["height"] <= bar["y"]
