"""Sessions: a new key whenever they come to mean more, and an end that the server keeps."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.utils import timezone

from przystan.access.models import AuditEntry, User
from przystan.access.session_store import SessionStore
from przystan.team import actions
from przystan.team.models import Membership, Organisation
from tests import factories
from tests.access.clock import Clock, clock

pytestmark = pytest.mark.django_db
__all__ = ["clock"]
LOGIN = "/account/login/"
OPEN = "/settings/"


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


def log_in(user: User, client: Client | None = None) -> Client:
    client = client or Client()
    client.post(LOGIN, {"login": user.username, "password": "przystan"})
    assert client.get(OPEN).status_code == 200
    return client


def key(client: Client) -> str:
    return client.cookies["sessionid"].value


def is_out(client: Client, why: str = "") -> bool:
    answer = client.get(OPEN)
    return answer.status_code == 302 and answer.url.startswith(LOGIN) and (not why or answer.url.endswith(f"why={why}"))


def stolen(client: Client) -> Client:
    """Another browser with the same cookie."""
    thief = Client()
    thief.cookies["sessionid"] = key(client)
    return thief


# A new key


def test_a_key_from_before_the_login_is_worth_nothing(centre: Organisation) -> None:
    from .test_second_factor import code

    user, client, secret = factories.user(centre), Client(), generate_totp_secret()
    TOTP.activate(user, secret)
    client.post(LOGIN, {"login": user.username, "password": "przystan"})  # waits for the code, in a session
    planted = stolen(client)
    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert client.get(OPEN).status_code == 200
    assert is_out(planted)


def test_a_step_up_gives_a_new_key(centre: Organisation) -> None:
    client = log_in(factories.user(centre))
    old = stolen(client)
    client.post("/account/reauthenticate/", {"password": "przystan"})
    assert client.get(OPEN).status_code == 200
    assert is_out(old)


def test_a_new_role_gives_a_new_key(centre: Organisation) -> None:
    user = factories.user(centre)
    client = log_in(user)
    old = stolen(client)
    Membership.objects.create(user=user, organisation=centre, role="lawyer")
    assert client.get(OPEN).status_code == 200
    assert is_out(old)


# The end by others' hands


def test_changing_the_password_ends_the_other_sessions(centre: Organisation) -> None:
    user = factories.user(centre)
    mine, other = log_in(user), log_in(user)
    old = stolen(mine)
    words = {"oldpassword": "przystan", "password1": "kaszubska-zima-42", "password2": "kaszubska-zima-42"}
    assert mine.post("/account/password/change/", words).status_code == 302
    assert mine.get(OPEN).status_code == 200
    assert is_out(old)
    assert is_out(other)


def test_a_new_second_step_ends_the_other_sessions(centre: Organisation) -> None:
    from .test_second_factor import code

    user = factories.user(centre)
    mine, other = log_in(user), log_in(user)
    mine.post("/account/reauthenticate/", {"password": "przystan"})
    old = stolen(mine)
    secret = mine.get("/account/2fa/totp/activate/").context["form"].secret
    mine.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert mine.get(OPEN).status_code == 200
    assert is_out(old)
    assert is_out(other, "login")


def test_a_second_step_taken_away_ends_all_sessions(centre: Organisation) -> None:
    user = factories.user(centre)
    client = log_in(user)
    TOTP.activate(user, generate_totp_secret())
    assert is_out(client, "login")


def test_a_role_that_ends_ends_the_session(centre: Organisation) -> None:
    user = factories.user(centre)
    Membership.objects.create(user=user, organisation=centre, role="lawyer")
    client = log_in(user)
    user.memberships.filter(role="lawyer").update(valid_to=timezone.localdate() - timedelta(days=1))
    assert is_out(client, "roles")


def test_a_locked_account_is_out_with_the_next_request(centre: Organisation) -> None:
    user = factories.user(centre)
    client = log_in(user)
    actions.set_active(by=factories.actor(centre, "coordinator"), user=user, active=False)
    assert is_out(client)


def test_what_is_written_into_a_session_that_has_ended_is_lost(centre: Organisation) -> None:
    session = SessionStore()
    session["seen"] = 1
    session.save()
    session["seen"] = 2
    session.save()
    assert SessionStore(session.session_key)["seen"] == 2
    SessionStore(session.session_key).delete()
    with pytest.raises(UpdateError):
        session.save()


def test_the_key_is_dead_after_logging_out(centre: Organisation) -> None:
    client = log_in(factories.user(centre))
    old = stolen(client)
    answer = client.post("/account/logout/")
    assert '"cache"' in answer["Clear-Site-Data"]
    assert answer.cookies["sessionid"].value == ""
    assert is_out(old)


def told(user: User) -> list[str]:
    rows = AuditEntry.objects.filter(model="access.user", object_ref=user.ref).order_by("seq")
    return list(rows.values_list("action", flat=True))


def test_who_comes_and_goes_is_in_the_audit_log(centre: Organisation, clock: Clock) -> None:
    user = factories.user(centre)
    client = log_in(user)
    assert told(user) == ["account.login"]
    client.post("/account/logout/")
    assert told(user) == ["account.login", "account.logout"]
    client = log_in(user)
    clock.wait(minutes=31)
    client.get("/people/")
    assert told(user)[2:] == ["account.login", "account.logout"]
    Client().post("/account/login/", {"login": user.username, "password": "wrong"})
    assert told(user)[4:] == ["account.wrong_password"]


# The end by itself


@pytest.mark.parametrize(
    ("role", "minutes"), [("adviser", 30), ("coordinator", 30), ("lawyer", 15), ("case_manager", 15)]
)
def test_a_session_locks_when_nobody_is_there(centre: Organisation, clock: Clock, role: str, minutes: int) -> None:
    client = log_in(factories.user(centre, role))
    clock.wait(minutes=minutes - 1)
    assert client.get(OPEN).status_code == 200
    clock.wait(minutes=minutes)
    old = stolen(client)
    answer = client.get(OPEN)
    assert answer.url == f"{LOGIN}?next=%2Fsettings%2F&why=away"
    assert answer.cookies["sessionid"].value == ""
    assert '"cache"' in answer["Clear-Site-Data"]
    assert is_out(old)


def test_activity_keeps_a_session_but_not_for_more_than_twelve_hours(centre: Organisation, clock: Clock) -> None:
    client = log_in(factories.user(centre))
    for _ in range(36):
        clock.wait(minutes=19.5)
        assert client.get(OPEN).status_code == 200
    clock.wait(minutes=19.5)
    assert is_out(client, "day")


def test_a_page_that_asks_by_itself_is_no_activity(centre: Organisation, clock: Clock) -> None:
    client = log_in(factories.user(centre, "coordinator"))
    for _ in range(3):
        clock.wait(minutes=9)
        left = client.get("/account/session/", headers={"Sec-Fetch-Dest": "empty"}).json()["left"]
    assert left == 3 * 60
    clock.wait(minutes=4)
    assert is_out(client, "away")


def test_a_sign_of_life_is_activity(centre: Organisation, clock: Clock) -> None:
    client = log_in(factories.user(centre))
    clock.wait(minutes=29)
    assert client.post("/account/session/").json()["left"] == 30 * 60
    clock.wait(minutes=29)
    assert client.get(OPEN).status_code == 200


def test_a_clock_set_back_makes_no_session_live_longer(centre: Organisation, clock: Clock) -> None:
    client = log_in(factories.user(centre))
    clock.wait(minutes=-1)
    assert is_out(client, "away")


def test_a_form_sent_too_late_changes_nothing_and_says_so(centre: Organisation, clock: Clock) -> None:
    user = factories.user(centre, "administrator")
    client = log_in(user)
    clock.wait(minutes=31)
    data = {"full_name": "Late", "username": "late", "language": "pl", "role": "adviser"}
    answer = client.post("/team/new/", data, headers={"Referer": "http://testserver/team/new/"}, follow=True)
    assert answer.redirect_chain[0][0] == f"{LOGIN}?next=%2Fteam%2Fnew%2F&why=away&unsaved=1"
    assert "was not saved" in answer.content.decode()
    assert not User.objects.filter(username="late").exists()


def test_after_the_lock_one_is_back_where_one_was(centre: Organisation, clock: Clock) -> None:
    user = factories.user(centre, "administrator")
    client = log_in(user)
    clock.wait(minutes=31)
    page = client.get("/team/points/", follow=True)
    words = {"login": user.username, "password": "przystan", "next": page.context["request"].GET["next"]}
    assert client.post(LOGIN, words).url == "/team/points/"


@pytest.mark.parametrize("page", ["https://evil.example/people/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_house(centre: Organisation, clock: Clock, page: str) -> None:
    user = factories.user(centre)
    client = log_in(user)
    clock.wait(minutes=31)
    assert "evil" not in client.get(OPEN, headers={"HX-Current-URL": page}).url
    client.post(LOGIN, {"login": user.username, "password": "przystan", "next": page})
    answer = Client().post(LOGIN, {"login": user.username, "password": "przystan", "next": page})
    assert answer.url == "/"
