"""Protected files in a browser: a key is set up, unlocked by a passkey, and locked again."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.harness.browser import Live, axe, follow, log_in

pytestmark = pytest.mark.journey
WORDS = "four words nobody would guess"


@pytest.fixture
def at_localhost(live: Live) -> Live:
    """Passkeys belong to a name, never to a number."""
    return Live(live.url.replace("127.0.0.1", "localhost"))


def with_authenticator(page: Page, *, prf: bool) -> None:
    """A passkey device that says yes by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "hasPrf": prf,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_passkey(page: Page, live: Live) -> None:
    page.goto(live.path("/account/2fa/webauthn/add/"))
    page.locator("input[name=name]").fill("Laptop")
    follow(page, page.locator("#mfa_webauthn_add"))
    expect(page).not_to_have_url(re.compile("/add/"))


def set_up_key(page: Page, live: Live) -> None:
    """A passphrase, a printed code, typed back."""
    page.goto(live.path("/keys/"))
    axe(page)
    form = page.locator("form[action='/keys/set-up/']")
    form.locator("input[name=passphrase]").fill(WORDS)
    form.locator("input[name=again]").fill(WORDS)
    follow(page, form.locator("button"))
    axe(page)
    code = page.locator("#printed-code").inner_text().strip()
    page.locator("input[name=code]").fill(code.lower())
    follow(page, page.locator("form[action='/keys/code/'] button"))


def unlock(page: Page) -> None:
    form = page.locator("form[action='/keys/unlock/']").first
    form.locator("input[name=passphrase]").fill(WORDS)
    follow(page, form.locator("button"))
    expect(page.locator("form[action='/keys/lock/']")).to_be_visible()


def lock(page: Page) -> None:
    follow(page, page.locator("form[action='/keys/lock/'] button"))
    expect(page.locator("form[action='/keys/unlock/']").first).to_be_visible()


def test_a_passkey_unlocks_protected_files(at_localhost: Live, page: Page) -> None:
    with_authenticator(page, prf=True)
    log_in(page, at_localhost, "director")
    add_passkey(page, at_localhost)
    set_up_key(page, at_localhost)
    unlock(page)
    axe(page)
    follow(page, page.locator("form[action='/keys/passkey/'] button"))
    lock(page)
    axe(page)
    follow(page, page.locator("form[data-passkey] button"))
    expect(page.locator("form[action='/keys/lock/']")).to_be_visible()


def test_a_passkey_that_cannot_leaves_the_passphrase(at_localhost: Live, page: Page) -> None:
    with_authenticator(page, prf=False)
    log_in(page, at_localhost, "director")
    add_passkey(page, at_localhost)
    set_up_key(page, at_localhost)
    unlock(page)
    follow(page, page.locator("form[action='/keys/passkey/'] button"))
    lock(page)
    expect(page.locator("form[data-passkey]")).to_have_count(0)
    unlock(page)
