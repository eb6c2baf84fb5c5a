"""The first morning of a new centre, made by `init`, served by `serve`: from the first password to people who lead."""

import base64
import hmac
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.harness.browser import axe, follow
from tests.harness.centre import Served, served
from tests.harness.terminal import Answer, talk
from tests.journeys.first_report import to_first_report
from tests.journeys.test_keys import with_authenticator

pytestmark = pytest.mark.journey

OWN = "five herons over a quiet pond"  # the password that each chooses
# Cookies as an operator has them who sets nothing; and patience, for the machine may be busy.
AS_SHIPPED = {"PRZYSTAN_HTTPS": "1", "PRZYSTAN_PAGE_SECONDS": "60"}
STEP = 30  # seconds that a code lasts


@dataclass(frozen=True)
class Morning:
    """A centre that nobody has opened yet. Anna chose her own password at the terminal."""

    served: Served

    def by(self, host: str) -> str:
        """Its address by this name or number, without a slash."""
        return f"http://{host}:{urlsplit(self.served.url).port}"


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    folder = tmp_path_factory.mktemp("morning") / "centre"
    said = talk("init", data=folder, answers=[*TYPED, *GROUPS], **AS_SHIPPED)
    assert "Centrum jest gotowe. Zaloguj się jako anna wybranym hasłem." in said
    assert OWN not in said
    with served(folder, "--workers", "1", **AS_SHIPPED) as one:
        yield Morning(one)


def group(said: str) -> str:
    """The group of the printed code that was asked for last: "Wiersz 2, grupa 3"."""
    line, place = map(int, re.findall(r"Wiersz (\d+), grupa (\d+):", said)[-1])
    lines = re.findall(r"^ +\d   ([A-Z0-9 ]+)$", said, re.MULTILINE)
    return str(lines[line - 1].split()[place - 1]).lower()


# What Anna types when she makes the centre, in Polish: Enter takes what is suggested.
TYPED: list[tuple[str, Answer]] = [
    ("Język, language, мова, язык", "pl"),
    ("Pełna nazwa organizacji", "Fundacja Próbna"),
    (r"\[FP\]", ""),
    ("Nazwa pierwszego punktu", "Gdańsk"),
    ("Twoje imię i nazwisko", "Anna Próbna"),
    (r"\[anna\]", ""),
    ("Twoje hasło", "krótkie"),
    ("Twoje hasło", OWN),
    ("Jeszcze raz", "not the same at all"),
    ("Twoje hasło", OWN),
    ("Jeszcze raz", OWN),
]
GROUPS: list[tuple[str, Answer]] = [
    ("Wiersz 1, grupa", "wrong"),
    *((f"Wiersz {at}, grupa", group) for at in range(1, 5)),
]


@pytest.fixture
def desks(browser: Browser) -> Iterator[list[Page]]:
    """Three browsers, each somebody's own; an error in a console fails the test."""
    contexts = [browser.new_context(locale="pl-PL", viewport={"width": 1280, "height": 900}) for _ in range(3)]
    errors: list[str] = []
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.on("pageerror", lambda error: errors.append(str(error)))
    yield pages
    for context in contexts:
        context.close()
    assert not errors, f"the browser complained: {errors}"


def totp(secret: str, ahead: int = 0) -> str:
    """What an app with codes shows (RFC 6238): now, or so many steps later."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, (int(time.time()) // STEP + ahead).to_bytes(8, "big"), "sha1")
    number = int.from_bytes(digest[digest[-1] & 15 :][:4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def type_password(page: Page, login: str, password: str) -> None:
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    follow(page, page.locator("main form button").first)


def choose_password(page: Page, address: str, login: str, first: str) -> None:
    """The first password, typed once; then one's own."""
    page.goto(f"{address}/")
    axe(page)
    type_password(page, login, first)
    expect(page).to_have_url(re.compile("/password/change/"))
    axe(page)
    boxes = page.locator("main input[type=password]")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.fill(OWN)
    follow(page, page.locator("main form button.primary"))
    expect(page).to_have_url(f"{address}/account/2fa/")
    axe(page)


def set_up_codes(page: Page) -> str:
    """An app with codes by the key that the page shows; returns the key."""
    follow(page, page.locator("main a[href='/account/2fa/totp/activate/']").first)
    axe(page)
    secret = page.locator("main .copy .ref").inner_text().strip()
    page.locator("input[name=code]").fill(totp(secret))
    follow(page, page.locator("main form button.primary"))
    expect(page.locator("ul.codes li")).to_have_count(10)
    axe(page)
    return secret


def is_at_work(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    expect(page).to_have_url(f"{address}/")
    expect(page.locator("main .steps")).to_be_visible()
    axe(page)


def log_out(page: Page) -> None:
    page.locator(".bar-end details summary").last.click()
    follow(page, page.locator("form[action='/account/logout/'] button"))


def log_in_with_own(page: Page, address: str, login: str) -> None:
    """The password that was chosen at the terminal is asked for once, and not to be changed."""
    page.goto(f"{address}/")
    type_password(page, login, OWN)
    expect(page).to_have_url(f"{address}/account/2fa/")


def begin_by_number(page: Page, morning: Morning, login: str, first: str = "") -> str:
    """No passkey can be made by http and a number: the page says so and where one can; codes do. Returns their key."""
    address = morning.by("127.0.0.1")
    if first:
        choose_password(page, address, login, first)
    else:
        log_in_with_own(page, address, login)
    assert page.locator("a[href*='webauthn']").count() == 0
    expect(page.locator(f"main a[href='{morning.by('localhost')}/']")).to_be_visible()
    secret = set_up_codes(page)
    is_at_work(page, address)
    return secret


def begin_by_name(page: Page, morning: Morning, login: str) -> None:
    """By http://localhost a passkey is made, and opens the centre from then on."""
    address = morning.by("localhost")
    with_authenticator(page, prf=False)
    log_in_with_own(page, address, login)
    follow(page, page.locator("main a[href='/account/2fa/webauthn/add/']").first)
    axe(page)
    page.locator("input[name=name]").fill("laptop")
    page.locator("input[name=passwordless]").check()
    follow(page, page.locator("#mfa_webauthn_add"))
    is_at_work(page, address)
    log_out(page)
    follow(page, page.locator("#passkey_login"))
    is_at_work(page, address)


def log_in_with_a_code(page: Page, morning: Morning, login: str, secret: str) -> None:
    """A code opens once: the next one, which the app shows in half a minute."""
    log_out(page)
    type_password(page, login, OWN)
    axe(page)
    page.locator("input[name=code]").fill(totp(secret, ahead=1))
    follow(page, page.locator("main form button.primary").first)
    is_at_work(page, morning.by("127.0.0.1"))


def ask_for_one_who_leads(page: Page, name: str, login: str) -> None:
    """A role that leads waits for a second person."""
    follow(page, page.locator("a[href='/team/']").first)
    follow(page, page.locator("main a[href='/team/new/']").first)
    page.locator("input[name=full_name]").fill(name)
    page.locator("input[name=username]").fill(login)
    page.locator("select[name=role]").select_option("coordinator")
    follow(page, page.locator("main form button.primary"))
    expect(page.locator("main .alert.tone-wait")).to_contain_text("Anna")
    assert page.locator("form[action*='confirm'], form[action*='agree']").count() == 0
    axe(page)


def invite(anna: Page, jan: Page) -> None:
    """The second who leads: Anna makes a link, Jan opens it and agrees, and tells her the code that he sees."""
    follow(anna, anna.locator("main form[action$='/invite/'] button"))
    axe(anna)
    jan.goto(anna.locator("main .copy .ref").inner_text().strip())
    axe(jan)
    for box in jan.locator("main input[type=password]").all():
        box.fill(OWN)
    follow(jan, jan.locator("main form button.primary"))
    axe(jan)
    follow(anna, anna.locator("main a.primary"))
    anna.locator("input[name=code]").fill(jan.locator("main .copy .ref").inner_text())
    axe(anna)
    follow(anna, anna.locator("form[action$='/code/'] button"))
    expect(anna.locator("main")).to_contain_text("Jan Nowak")


def agree(page: Page, morning: Morning) -> str:
    """The second finds it on Today, agrees, and sees the first password."""
    page.goto(f"{morning.by('localhost')}/")
    follow(page, page.locator("main a", has_text="Olena Kovalenko"))
    axe(page)
    follow(page, page.locator("main .alert.tone-wait button.primary"))
    axe(page)
    return page.locator("main p.number strong").inner_text().strip()


def test_from_a_first_password_to_people_who_lead(morning: Morning, desks: list[Page]) -> None:
    anna, jan, olena = desks
    secret = begin_by_number(anna, morning, "anna")
    log_in_with_a_code(anna, morning, "anna", secret)
    to_first_report(anna)
    ask_for_one_who_leads(anna, "Jan Nowak", "jan")
    invite(anna, jan)
    begin_by_name(jan, morning, "jan")
    ask_for_one_who_leads(anna, "Olena Kovalenko", "olena")
    expect(anna.locator("form[action$='/invite/']")).to_have_count(0)
    begin_by_number(olena, morning, "olena", agree(jan, morning))
