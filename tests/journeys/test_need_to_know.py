"""Need-to-know at the desk: who is protected is nowhere, a director sees numbers, an emergency look takes two."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import factories
from tests.harness.browser import Live, axe, follow, log_in

from przystan.access.models import User
from przystan.casework.demo import PASSPHRASE
from przystan.casework.models import CaseFile, CaseMember
from przystan.people.models import Person, TeamMember
from przystan.support.models import Service
from przystan.team.models import Point

pytestmark = pytest.mark.journey
NAME = "Żyrosława Krzętowłóka"
SPELLINGS = [
    NAME,
    "Zyroslawa Krzetowloka",
    "Krzętowłóka",
    "krzetowluka",
    "Жирослава",
    "611 222 333",
    "1971",
    f"{NAME} 1971",
]
OUR_WORDS = "Brak wynagrodzenia za dwa miesiące"  # in the lawyer's file of the demo
REASON = "Ona siedzi teraz u mnie i boi się wrócić do domu."


def change_to(page: Page, live: Live, login: str) -> None:
    """Somebody else at the same computer."""
    page.context.clear_cookies()
    log_in(page, live, login)


def visit(page: Page, live: Live, path: str, *, status: int = 200) -> None:
    """Open a page, look at it as axe does, at the desk's width."""
    answer = page.goto(live.path(path))
    assert answer
    assert answer.status == status, f"{path}: {answer.status}"
    axe(page)


def unlock(page: Page, live: Live) -> None:
    visit(page, live, "/keys/")
    page.locator("form[action='/keys/unlock/'] input[name=passphrase]").fill(PASSPHRASE)
    follow(page, page.locator("form[action='/keys/unlock/'] button").first)
    expect(page.locator("form[action='/keys/lock/']")).to_be_visible()


def make_key(page: Page, live: Live) -> None:
    """A key of one's own, with the printed code typed back, unlocked."""
    visit(page, live, "/keys/")
    form = page.locator("form[action='/keys/set-up/']")
    form.locator("input[name=passphrase]").fill(PASSPHRASE)
    form.locator("input[name=again]").fill(PASSPHRASE)
    follow(page, form.locator("button[type=submit], button:not([type])").last)
    axe(page)
    code = page.locator("#printed-code").inner_text()
    page.locator("input[name=code]").fill(code)
    follow(page, page.locator("form[action='/keys/code/'] button").last)
    unlock(page, live)


def found(page: Page, live: Live, text: str) -> str:
    """What the search page and the box in the bar answer, without what was typed."""
    page.goto(live.path("/people/"))
    page.locator("#search-q").fill(text)
    follow(page, page.locator("form.search.big button[type=submit]"))
    told = page.locator("#found").inner_html()
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", told)


def seen_by(page: Page, live: Live, login: str) -> dict[str, str]:
    """All that a colleague can find, and the numbers they see."""
    change_to(page, live, login)
    told = {text: found(page, live, text) for text in SPELLINGS}
    pages = ["/", "/people/", "/supports/"] + (["/reports/"] if login != "adviser" and "adviser" not in login else [])
    for path in pages:
        page.goto(live.path(path))
        told[path] = page.locator("main").inner_text()
    return told


def register(page: Page, live: Live, point: Point) -> Person:
    page.goto(live.path("/people/new/"))
    page.locator("input[name=name]").fill(NAME)
    page.locator("input[name=phone]").fill("611 222 333")
    page.locator("#id_birth_2").fill("1971")
    page.evaluate(f"document.querySelector('[name=point]').value = '{point.pk}'")
    follow(page, page.locator("button[name=then][value=open]"))
    if page.url.endswith("/people/new/"):
        follow(page, page.locator("button[name=then][value=open]"))
    expect(page.locator("h1")).to_have_text(NAME)
    axe(page)
    return Person.objects.get(ref=page.url.rstrip("/").split("/")[-1])


def protect(page: Page, live: Live, person: Person) -> str:
    """Returns the alias."""
    visit(page, live, f"/people/{person.ref}/protection/")
    follow(page, page.locator(f"form[action='/people/{person.ref}/protection/now/'] button"))
    axe(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 900})
    visit(page, live, f"/people/{person.ref}/")
    alias = Person.objects.get(pk=person.pk).alias
    expect(page.locator("h1")).to_contain_text(alias)
    return alias


def test_who_is_protected_never_was(live: Live, page: Page) -> None:
    """The same words typed before they were registered, and after they were protected: the same answers."""
    colleagues = ["adviser", "adviser-kwidzyn", "coordinator"]
    before = {login: seen_by(page, live, login) for login in colleagues}
    change_to(page, live, "case_manager")
    person = register(page, live, Point.objects.get(code="gdansk"))
    factories.support(person.point, Service.objects.order_by("id")[0], person, day=timezone.localdate())
    unlock(page, live)
    alias = protect(page, live, person)
    for login in colleagues:
        after = seen_by(page, live, login)
        for what, told in before[login].items():
            assert after[what] == told, f"{login}: {what}"
        assert alias not in found(page, live, alias).replace(f'value="{alias}"', "")
        for path in (f"/people/{person.ref}/", f"/people/{person.ref}/protection/", f"/people/{person.ref}/access/"):
            visit(page, live, path, status=404)


def test_a_director_opens_numbers_and_nobody(live: Live, page: Page) -> None:
    log_in(page, live, "director")
    visit(page, live, "/")
    addresses = [link.get_attribute("href") for link in page.locator("nav a").all()]
    assert "/people/" not in addresses
    assert "/cases/" not in addresses
    visit(page, live, "/reports/")
    follow(page, page.locator("main a[href^='/reports/']").first)
    axe(page)
    case = CaseFile.objects.filter(kind="support").order_by("id")[0]
    note = case.notes.order_by("id")[0]
    for path in (
        f"/people/{case.person.ref}/",
        "/people/",
        f"/cases/{case.ref}/",
        f"/cases/{case.ref}/notes/{note.ref}/",
    ):
        visit(page, live, path, status=404)


def emergency_key(page: Page, live: Live) -> None:
    """The director alone holds it, another agreed; the lawyer's files are closed for it at the next unlocking."""
    change_to(page, live, "director")
    make_key(page, live)
    visit(page, live, "/privacy/emergency-key/")
    page.locator("input[name=custodians]").first.check()
    follow(page, page.locator("main form[method=post] button.primary"))
    axe(page)
    change_to(page, live, "data_protection_officer")
    visit(page, live, "/privacy/emergency-key/")
    follow(page, page.locator("form[action$='/confirmation/'] button"))
    change_to(page, live, "lawyer")
    unlock(page, live)


def ask(page: Page, live: Live, case: CaseFile) -> None:
    visit(page, live, f"/privacy/ask/casework.casefile/{case.ref}/")
    page.locator("input[name=category][value=danger]").check()
    page.locator("textarea[name=reason]").fill(REASON)
    follow(page, page.locator("main form[method=post] button.primary"))
    axe(page)


def approve(page: Page, live: Live) -> None:
    visit(page, live, "/privacy/glass/")
    follow(page, page.locator("main a[href^='/privacy/glass/']").first)
    expect(page.get_by_text(REASON)).to_be_visible()
    assert OUR_WORDS not in page.content()
    axe(page)
    follow(page, page.locator("form[action$='/approval/'] button"))


def review(page: Page, live: Live) -> None:
    """Today says that it waits; afterwards it does not."""
    visit(page, live, "/")
    waiting = page.locator("main a[href='/privacy/glass/']").first
    expect(waiting).to_be_visible()
    follow(page, waiting)
    follow(page, page.locator("main a[href^='/privacy/glass/']").first)
    page.locator("input[name=justified][value=yes]").check()
    follow(page, page.locator("form[action$='/review/'] button.primary"))
    expect(page.locator("main a[href^='/privacy/glass/']")).to_have_count(0)


def over(case: CaseFile, user: User) -> None:
    """Four hours later."""
    now = timezone.now()
    CaseMember.objects.filter(case=case, user=user).update(starts_at=now - timedelta(hours=5), ends_at=now)
    TeamMember.objects.filter(person=case.person, user=user).update(starts_at=now - timedelta(hours=5), ends_at=now)


def who_saw(page: Page, live: Live, case: CaseFile) -> set[str]:
    """Names on the data protection officer's page for this file, of those who read it."""
    visit(page, live, f"/privacy/audit/?ref={case.ref}&action=read")
    cells = page.locator("main tbody tr td:nth-child(2)").all_inner_texts()
    return {cell.split("\n")[0] for cell in cells}


def test_an_emergency_look_takes_two_and_ends(live: Live, page: Page) -> None:
    lawyer, asker = (User.objects.get(username=login) for login in ("lawyer", "psychologist"))
    mine = CaseMember.objects.filter(user=lawyer).values("case")
    case = (
        CaseFile.objects.filter(pk__in=mine, kind="legal").exclude(members__user__username="legal_adviser").latest("pk")
    )
    there = f"/cases/{case.ref}/"
    emergency_key(page, live)
    change_to(page, live, "psychologist")
    ask(page, live, case)
    visit(page, live, there, status=404)
    change_to(page, live, "director")
    unlock(page, live)
    visit(page, live, there, status=404)
    approve(page, live)
    change_to(page, live, "psychologist")
    visit(page, live, there)
    assert OUR_WORDS not in page.content()
    unlock(page, live)
    visit(page, live, there)
    expect(page.get_by_text(OUR_WORDS)).to_be_visible()
    change_to(page, live, "data_protection_officer")
    review(page, live)
    assert who_saw(page, live, case) == {asker.full_name}
    over(case, asker)
    change_to(page, live, "psychologist")
    unlock(page, live)
    visit(page, live, there, status=404)
    change_to(page, live, "lawyer")
    unlock(page, live)
    visit(page, live, there)
    change_to(page, live, "data_protection_officer")
    assert who_saw(page, live, case) == {asker.full_name, lawyer.full_name}
