"""On a slow server: what comes late never undoes what somebody ticked or typed since."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests import factories
from tests.harness.browser import Live, follow, log_in
from tests.harness.held import Held

from przystan.funding.models import Indicator, Programme
from przystan.people.actions import Newcomer, NewName, register
from przystan.people.models import Person
from przystan.support.models import Service, Support
from przystan.team.models import Point
from przystan.ui.bundles import STATIC

pytestmark = pytest.mark.journey

# Where a page exchanges a part that holds something to tick or to type in, or that a newer question makes old.
CHOOSING = {
    "desk/_sheet.html": "payers",
    "desk/_who.html": "who",
    "funding/_rule_editor.html": "rule",
    "funding/_where_editor.html": "where",
    "people/_box.html": "search",
    "ui/_bar.html": "suggestions",
    "cotton/search.html": "search",  # the same, for boxes of other lists
}
# What fills an empty place once, goes on asking by itself or adds to a list: nothing to choose is replaced.
SHOWING = {
    "cotton/job.html",
    "desk/_person_events.html",
    "guides/_sheet.html",
    "ui/_help_opens.html",
    "funding/programme.html",
}
# Scripts that ask the server themselves. combobox.js: test_an_old_list_of_a_combobox...; lock.js asks one at a time;
# reopen.js leads away from a page on which nothing can be typed; drafts: test_drafts.py.
FETCHING = {"combobox.js", "drafts.js", "lock.js", "reopen.js"}
ASKS = re.compile(r"<[^<>]*?\bhx-(?:get|post|put|patch|delete|\{% if post %\})", re.DOTALL)
NAMES = ["Квітослава Перепелиця", "Зоряна Винниченко"]


@pytest.fixture
def centre(live: Live) -> Live:
    """The demo, and two people whom nobody is mistaken for."""
    point = Point.objects.get(code="gdansk")
    by = factories.actor(point.organisation, "adviser", at=point)
    for name in NAMES:
        register(by=by, newcomer=Newcomer(names=[NewName(name)], point=point, citizenships=["UA"]))
    return live


def ref_of(name: str) -> str:
    return str(Person.objects.get(names__text=name).ref)


def test_every_exchange_is_in_one_of_the_lists() -> None:
    package = STATIC.parents[2]
    asking = {
        path.relative_to(next(up for up in path.parents if up.name == "templates")).as_posix(): path.read_text()
        for path in package.glob("*/templates/**/*.html")
        if ASKS.search(path.read_text())
    }
    assert set(asking) == set(CHOOSING) | SHOWING
    assert set(CHOOSING.values()) == {one.name for one in EXCHANGES}
    for name in CHOOSING:  # the newest question wins
        assert len(ASKS.findall(asking[name])) == asking[name].count(":replace"), name
    scripts = {path.name for path in (STATIC / "js").glob("*.js") if "fetch(" in path.read_text()}
    assert scripts == FETCHING


@dataclass(frozen=True)
class Exchange:
    """`ask` sends a question (the first, the second), `choose` ticks or types, `stands` looks whether that stands."""

    name: str
    path: str  # what its questions go to
    open: Callable[[Page, Live], None]
    ask: Callable[[Page, int], object]
    choose: Callable[[Page], object]
    stands: Callable[[Page], None]
    settled: Callable[[Page], None] = lambda page: None
    role: str = "adviser"


def open_log(page: Page, live: Live) -> None:
    page.goto(live.path(f"/supports/new/?person={ref_of(NAMES[1])}"))
    service = Service.objects.get(code="residence_advice")
    choose_service(page, service)
    expect(page.locator("input[name=payer]:checked")).not_to_have_value("", timeout=15_000)


def choose_service(page: Page, service: Service) -> None:
    pick = "(field, value) => { field.value = value; field.dispatchEvent(new Event('change', {bubbles: true})) }"
    page.locator("select[name=service]").evaluate(pick, str(service.pk))


def another_payer() -> str:
    return str(Programme.objects.get(key="demo-otwarte-pomorze").ref)


def type_into(page: Page, box: str, text: str) -> None:
    page.locator(box).fill(text)


def seek_who(page: Page, time: int) -> None:
    type_into(page, "#person-text", NAMES[0][:-time])


def open_with_one_found(page: Page, live: Live) -> None:
    page.goto(live.path(f"/supports/new/?person={ref_of(NAMES[1])}"))
    type_into(page, "#person-text", NAMES[0])
    expect(page.locator("#who-found label", has_text=NAMES[0])).to_have_count(1)


def tick_who(page: Page) -> None:
    page.locator("#who-found label", has_text=NAMES[0]).locator("input").check()
    page.locator("#who-chosen label", has_text=NAMES[1]).locator("input").uncheck()


def who_stands(page: Page) -> None:
    ticked = page.locator("input[name=people]:checked, input[name=add]:checked")
    expect(ticked).to_have_count(1)
    expect(ticked).to_have_value(ref_of(NAMES[0]))


def open_editor(page: Page, live: Live, path: str) -> None:
    page.goto(live.path(path))
    page.locator("#rule-editor select[name$=':fact']").first.select_option("age")
    page.locator("#rule-editor button[value^='add:']").first.click()
    expect(page.locator("input[name$=':at_least']").last).to_be_visible()


def open_rule(page: Page, live: Live) -> None:
    open_editor(page, live, f"/programmes/{Programme.objects.get(key='demo-otwarte-pomorze').ref}/rule/")


def open_where(page: Page, live: Live) -> None:
    one = Indicator.objects.filter(programme__key="demo-otwarte-pomorze").earliest("id")
    open_editor(page, live, f"/programmes/{one.programme.ref}/indicators/{one.ref}/where/")


AT_LEAST = "#rule-editor input[name$=':at_least']"


def type_age(page: Page) -> None:
    page.locator(AT_LEAST).last.fill("61")
    page.keyboard.press("Tab")


def press(page: Page, time: int) -> None:
    page.locator("#rule-editor button[value^='add:']").first.click() if time == 1 else page.locator("#see").click()


def save_a_step(page: Page, time: int) -> None:
    page.locator("input[name=next_step]").fill(f"step {time}")
    page.keyboard.press("Tab")


def typing(box: str, found: str) -> dict[str, Any]:
    return {
        "open": lambda page, live: page.goto(live.path("/people/")),
        "ask": lambda page, time: type_into(page, box, [NAMES[0], f"{NAMES[1]} "][time - 1]),
        "choose": lambda page: type_into(page, box, NAMES[1]),
        "stands": lambda page: expect(page.locator(box)).to_have_value(re.compile(NAMES[1])),
        "settled": lambda page: expect(page.locator(found)).to_contain_text(NAMES[1]),
    }


EDITOR: dict[str, Any] = {
    "ask": press,
    "choose": type_age,
    "stands": lambda page: expect(page.locator(AT_LEAST).last).to_have_value("61"),
    "role": "coordinator",
}
EXCHANGES = [
    Exchange(
        "payers",
        "/payers/",
        open_log,
        ask=save_a_step,
        choose=lambda page: page.locator(f"#payer-{another_payer()}").check(),
        stands=lambda page: expect(page.locator("input[name=payer]:checked")).to_have_value(another_payer()),
    ),
    Exchange("who", "/supports/people/", open_with_one_found, ask=seek_who, choose=tick_who, stands=who_stands),
    Exchange("rule", "/rule/", open_rule, **EDITOR),
    Exchange("where", "/where/", open_where, **EDITOR),
    Exchange("search", "/people/", **typing("#search-q", "#found")),
    Exchange("suggestions", "suggest", **typing("#bar-q", "#bar-found")),
]


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda one: one.name)
def test_a_late_answer_undoes_nothing(centre: Live, page: Page, exchange: Exchange) -> None:
    """Asked; something else chosen; then the answer. Asked again, and once more: the newest answer comes first."""
    held = Held(page, exchange.path)
    log_in(page, centre, exchange.role)
    exchange.open(page, centre)
    held.hold()
    exchange.ask(page, 1)
    held.wait(1)
    held.stop()
    exchange.choose(page)
    held.release(0)
    exchange.stands(page)
    held.go_on()
    held.wait(1)  # asked again, with what was chosen
    exchange.ask(page, 2)
    held.wait(2)
    while held.kept:
        held.release(-1)
        exchange.stands(page)
    held.let_go()
    exchange.settled(page)
    exchange.stands(page)


def test_saved_is_what_is_seen(centre: Live, page: Page) -> None:
    """Save is pressed while the payers asked for before the choice are still on their way."""
    held = Held(page, "/payers/")
    log_in(page, centre, "adviser")
    open_log(page, centre)
    held.hold()
    save_a_step(page, 1)
    held.wait(1)
    held.stop()
    page.locator(f"#payer-{another_payer()}").check()
    save = page.locator("main form .actions button").first
    # Refused, because no reason is given: the form comes back with the payer, before any list is there.
    follow(page, save)
    held.go_on()
    held.wait(2)
    kept = page.locator("#payer-choice input[name=payer]")
    expect(kept).to_have_value(another_payer())
    held.let_go()
    expect(page.locator("input[name=payer]:checked")).to_have_value(another_payer())
    page.locator("input[name=reason]").fill("so agreed")
    follow(page, save)
    saved = Support.objects.select_related("allocation__programme").latest("id").allocation
    assert (saved.programme.ref, saved.reason) == (another_payer(), "so agreed")


def test_a_second_press_is_no_second_question(centre: Live, page: Page) -> None:
    """And what was refused when it was saved is not saved unasked with what was typed since."""
    held = Held(page, "/rule/")
    log_in(page, centre, "coordinator")
    open_rule(page, centre)
    held.hold()
    page.locator("input[name=valid_from]").fill("")
    page.locator("#save").click()
    page.locator("#save").click()
    page.locator("#see").click()
    held.wait(2)
    pressed = ["do=save", "do=preview"]
    assert [sent in (route.request.post_data or "") for sent, (route, _) in zip(pressed, held.kept, strict=True)] == [
        True
    ] * 2
    held.let_go()
    expect(page.locator("#rule-editor .has-error").first).to_be_visible()
    held.hold()
    page.locator("#save").click()
    held.wait(1)
    page.locator("input[name=source]").fill("Gazette 7")
    page.keyboard.press("Tab")
    held.release(0)
    held.wait(1)
    assert "do=preview" in (held.kept[0][0].request.post_data or "")
    held.let_go()
    expect(page.locator("input[name=source]")).to_have_value("Gazette 7")
