"""A key unlocked for a session: with the browser's own secret only, for some minutes, for whose role holds keys."""

import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from przystan.access import unlocking
from przystan.access.keys import staff
from przystan.access.models import AuditEntry, User
from przystan.team.models import Membership, Organisation
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "four words nobody would guess"
PAGE, UNLOCK = "/keys/", "/keys/unlock/"


@pytest.fixture
def lawyer() -> User:
    user = factories.user(factories.organisation(), "lawyer")
    staff.confirm(user, staff.set_up(user, WORDS))
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def unlocked(user: User) -> Client:
    client = client_of(user)
    assert client.post(UNLOCK, {"passphrase": WORDS}).url == PAGE
    assert is_open(client)
    return client


def is_open(client: Client) -> bool:
    return bool(client.get(PAGE).context["is_open"])


class Clock:
    """For the unlocked key alone: the session of the login has its own (tests.access.clock)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = time.time()
        monkeypatch.setattr(unlocking, "time", SimpleNamespace(time=lambda: self.at))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_neither_the_database_nor_the_cookie_alone_opens(lawyer: User) -> None:
    client = unlocked(lawyer)
    cookie, private = client.cookies["unlock"], staff.by_passphrase(lawyer, WORDS)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    kept = str(dict(client.session))
    assert private.hex() not in kept
    assert cookie.value not in kept
    without = Client()
    without.cookies["sessionid"] = client.cookies["sessionid"].value
    assert not is_open(without)
    other = client_of(lawyer)  # another session of the same account, with the cookie of this one
    other.cookies["unlock"] = cookie.value
    assert not is_open(other)


@pytest.mark.parametrize("wrong", [None, "", "x", "A" * 43])
def test_a_stolen_session_opens_nothing_and_locks_nothing(lawyer: User, wrong: str | None) -> None:
    client = unlocked(lawyer)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    if wrong is not None:
        thief.cookies["unlock"] = wrong
    assert not is_open(thief)
    thief.post("/keys/lock/")
    thief.post(UNLOCK, {"passphrase": "another four words here"})
    assert not is_open(thief)
    assert is_open(client)


def test_a_stolen_session_does_not_keep_the_key_open(lawyer: User, clock: Clock, settings: Any) -> None:
    client = unlocked(lawyer)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    for _ in range(2):
        clock.at += settings.UNLOCK_IDLE - 60
        is_open(thief)
    assert not is_open(client)


def test_the_cookie_is_for_https_only_where_there_is_https(lawyer: User, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE, settings.UNLOCK_COOKIE_NAME = True, "__Host-unlock"
    client = client_of(lawyer)
    client.post(UNLOCK, {"passphrase": WORDS})
    cookie = client.cookies["__Host-unlock"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_it_locks_by_itself_when_nobody_works(lawyer: User, clock: Clock, settings: Any) -> None:
    client = unlocked(lawyer)
    for _ in range(5):
        clock.at += settings.UNLOCK_IDLE - 60
        assert is_open(client)
    clock.at += settings.UNLOCK_IDLE + 1
    assert not is_open(client)
    assert unlocking.SESSION not in client.session
    assert client.get(PAGE).wsgi_request.COOKIES.get("unlock", "") == ""


def test_what_asks_by_itself_is_no_work(lawyer: User, clock: Clock, settings: Any) -> None:
    client = unlocked(lawyer)
    for _ in range(3):
        clock.at += settings.UNLOCK_IDLE / 2
        client.get("/account/session/", headers={"sec-fetch-dest": "empty"})
    assert not is_open(client)


def test_a_clock_set_back_locks(lawyer: User, clock: Clock) -> None:
    client = unlocked(lawyer)
    clock.at -= 3600
    assert not is_open(client)


def test_locking_and_logging_out_forget(lawyer: User) -> None:
    client = unlocked(lawyer)
    client.post("/keys/lock/")
    assert not is_open(client)
    client = unlocked(lawyer)
    cookie = client.cookies["unlock"].value
    client.post("/account/logout/")
    assert client.cookies["unlock"].value == ""
    client.force_login(lawyer)
    client.cookies["unlock"] = cookie
    assert not is_open(client)


def test_a_role_that_ends_ends_it_at_the_next_request(lawyer: User) -> None:
    client = unlocked(lawyer)
    organisation = Membership.objects.get(user=lawyer).organisation
    Membership.objects.create(user=lawyer, organisation=organisation, role="teacher")
    client.get(PAGE)
    Membership.objects.filter(user=lawyer, role="lawyer").delete()
    assert client.get(PAGE).status_code != 200
    assert unlocking.SESSION not in client.session


def test_an_account_that_is_locked_loses_it(lawyer: User) -> None:
    client = unlocked(lawyer)
    User.objects.filter(pk=lawyer.pk).update(is_active=False)
    assert client.get(PAGE).status_code == 302
    assert unlocking.SESSION not in client.session


def test_the_page_is_missing_for_who_holds_no_keys() -> None:
    client = client_of(factories.user(factories.organisation(), "adviser"))
    for path in ("", "unlock/", "recovery/"):
        assert client.get(PAGE + path).status_code == 404
    for path in ("set-up/", "code/", "unlock/", "lock/", "change/", "recovery/", "passkey/"):
        assert client.post(PAGE + path).status_code == 404


def test_from_nothing_to_a_new_passphrase(client: Client) -> None:
    """The whole way through the pages; nothing typed comes back in an answer, or gets into the log."""
    organisation: Organisation = factories.organisation()
    user = factories.user(organisation, "psychologist")
    client.force_login(user)
    code = client.post("/keys/set-up/", {"passphrase": WORDS, "again": WORDS}).context["code"]
    assert not User.objects.get(pk=user.pk).key.recovery_confirmed_at
    assert "Compare it letter by letter" in client.post("/keys/code/", {"code": "AAAA-BBBB"}).text
    assert client.post("/keys/code/", {"code": code.lower()}).status_code == 302
    wrong = client.post(UNLOCK, {"passphrase": "wrong wrong wrong"})
    assert "This is not your passphrase" in wrong.text
    assert "wrong wrong" not in wrong.text
    client.post(UNLOCK, {"passphrase": WORDS})
    another = "an entirely other passphrase"
    new_code = client.post("/keys/change/", {"passphrase": another, "again": another}).context["code"]
    assert "not your printed code" in client.post("/keys/recovery/", recovery(code, WORDS)).text
    assert client.post("/keys/recovery/", recovery(new_code, "the third passphrase")).context["code"]
    assert staff.by_passphrase(user, "the third passphrase")
    told = list(AuditEntry.objects.filter(action__startswith="key.").order_by("seq").values_list("action", flat=True))
    assert told == ["key.set_up", "key.confirm", "key.wrong", "key.unlock", "key.change", "key.wrong", "key.recover"]


def recovery(code: str, words: str) -> dict[str, str]:
    return {"code": code, "passphrase": words, "again": words}


def test_guessing_is_stopped(lawyer: User) -> None:
    client = client_of(lawyer)
    for _ in range(10):
        client.post(UNLOCK, {"passphrase": "not this one at all"})
    assert "Too many tries" in client.post(UNLOCK, {"passphrase": WORDS}).text
    assert not is_open(client)


def test_it_comes_back_to_the_page_that_was_locked_and_to_no_other_site(lawyer: User) -> None:
    client = client_of(lawyer)
    for there, lands in (("/cases/", "/cases/"), ("https://evil.example/", PAGE), ("//evil.example/", PAGE)):
        assert client.post(UNLOCK, {"passphrase": WORDS, "next": there}).url == lands


def test_a_passkey_that_cannot_says_so(lawyer: User) -> None:
    client = client_of(lawyer)
    said = client.post(UNLOCK, {"credential": "none", "salt": "-", "derived": "-"})
    assert "This passkey does not open your key" in said.text
    client = unlocked(lawyer)
    client.post("/keys/passkey/", {"credential": "somebody-else", "salt": "c2FsdA", "derived": "ZA"})
    assert not lawyer.passkey_wraps.exists()
