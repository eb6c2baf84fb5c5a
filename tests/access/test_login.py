"""Logging in: nothing tells who exists, tries are counted, a code opens once, and no back door."""

import re
from collections import Counter

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from przystan.access.models import AuditEntry, User
from przystan.team.models import Organisation
from tests import factories

from .test_second_factor import code

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
REFUSAL = 8  # queries: the account, whose log is told of it, and the row of the log
KINDS = ["existing", "unknown", "locked", "unusable", "foreign hash"]


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


def name_of(kind: str, centre: Organisation) -> str:
    """A user name of this kind of account."""
    if kind == "unknown":
        return "nobody-here"
    user = factories.user(centre)
    user.is_active = kind != "locked"
    if kind == "unusable":
        user.set_unusable_password()
    if kind == "foreign hash":
        user.password = "crypt$$of-another-time"
    user.save()
    return user.username


def attempt(client: Client, name: str, password: str = "wrong") -> HttpResponse:
    return client.post(LOGIN, {"login": name, "password": password})


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def shape(answer: HttpResponse, name: str) -> tuple[object, ...]:
    """All that a stranger sees, without what is random in every answer."""
    body = re.sub(r"[A-Za-z0-9]{64}", "TOKEN", answer.content.decode()).replace(name, "NAME")
    cookies = {key: re.sub(r"expires=[^;]+", "", cookie.OutputString()) for key, cookie in answer.cookies.items()}
    cookies = {key: re.sub(r"=[A-Za-z0-9]+", "=VALUE", value, count=1) for key, value in cookies.items()}
    return answer.status_code, dict(answer.headers) | {"Content-Length": ""}, body, cookies


# Nothing tells who exists


@pytest.mark.parametrize("kind", KINDS[1:])
def test_refusals_are_the_same(centre: Organisation, kind: str) -> None:
    known, other = name_of("existing", centre), name_of(kind, centre)
    assert shape(attempt(Client(), known), known) == shape(attempt(Client(), other), other)


def test_the_right_password_of_a_locked_account_is_refused_like_a_wrong_one(centre: Organisation) -> None:
    name = name_of("locked", centre)
    assert shape(attempt(Client(), name, "przystan"), name) == shape(attempt(Client(), name), name)


@pytest.mark.parametrize("kind", KINDS)
def test_each_refusal_costs_one_hash_and_the_same_queries(
    centre: Organisation, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt(Client(), "warm-up")
    name = name_of(kind, centre)
    done: Counter[str] = Counter()
    plain = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        done["hash"] += 1
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    with CaptureQueriesContext(connection) as queries:
        attempt(Client(), name)
    assert done["hash"] == 1
    assert len(queries) == REFUSAL, [query["sql"] for query in queries]


# Who tried and could not is written down


@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_login_is_written_down_without_what_was_typed(centre: Organisation, kind: str) -> None:
    name = name_of(kind, centre)
    attempt(Client(), name, "hunter2-my-password")
    (row,) = AuditEntry.objects.filter(action="account.wrong_password")
    user = User.objects.filter(username=name).first()
    assert (row.object_ref, row.actor, row.organisation_id) == (user.ref if user else "", None, centre.pk)
    told = str(AuditEntry.objects.filter(pk=row.pk).values().get())
    assert name not in told
    assert "hunter2" not in told


def test_what_is_typed_where_the_name_belongs_is_nowhere(centre: Organisation) -> None:
    attempt(Client(), "hunter2-my-password", "x")
    (row,) = AuditEntry.objects.filter(action="account.wrong_password").values()
    assert "hunter2" not in str(row)


def test_tries_beyond_the_tenth_write_nothing(centre: Organisation) -> None:
    name = name_of("existing", centre)
    for _ in range(13):
        attempt(Client(), name)
    assert AuditEntry.objects.filter(action="account.wrong_password").count() == 10


def test_an_account_is_told_to_its_own_organisation(centre: Organisation) -> None:
    other = factories.organisation()
    attempt(Client(), factories.user(other).username)
    attempt(Client(), "nobody-here")
    rows = AuditEntry.objects.filter(action="account.wrong_password").order_by("seq")
    assert [row.organisation_id for row in rows] == [other.pk, centre.pk]


def test_without_a_centre_there_is_nobody_to_tell() -> None:
    assert attempt(Client(), "nobody-here").status_code == 200
    assert not AuditEntry.objects.exists()


def test_a_wrong_code_and_a_wrong_passkey_are_written_down(centre: Organisation) -> None:
    user = factories.user(centre)
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    attempt(client, user.username, "przystan")
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    for odd in ('{"id": "x"}', "[1]", '"x"', '{"id": [], "rawId": {}, "response": 1}'):
        assert Client().post("/account/2fa/webauthn/login/", {"credential": odd}).status_code == 302
    rows = AuditEntry.objects.filter(action__startswith="account.wrong").order_by("seq")
    assert [(row.action, row.object_ref) for row in rows] == [
        ("account.wrong_code", user.ref),
        *[("account.wrong_passkey", "")] * 4,
    ]


# Tries are counted


def test_ten_tries_in_a_quarter_of_an_hour_and_no_more(centre: Organisation) -> None:
    user = factories.user(centre)
    for _ in range(10):
        assert "is not right" in attempt(Client(), user.username).content.decode()
    refused = attempt(Client(), user.username, "przystan")
    assert "tried too often" in refused.content.decode()
    assert attempt(Client(), factories.user(centre).username, "przystan").status_code == 302


def test_names_that_do_not_exist_are_counted_alike(centre: Organisation) -> None:
    for _ in range(10):
        attempt(Client(), "nobody-here")
    assert "tried too often" in attempt(Client(), "NOBODY-here").content.decode()


def test_the_victim_still_gets_in_where_they_were_before(centre: Organisation) -> None:
    user = factories.user(centre)
    mine = Client()
    attempt(mine, user.username, "przystan")
    mine.post("/account/logout/")
    for _ in range(12):
        attempt(Client(), user.username)
    attempt(mine, user.username, "przystan")
    assert is_in(mine)


def test_a_known_browser_has_ten_tries_too(centre: Organisation) -> None:
    user = factories.user(centre)
    mine = Client()
    attempt(mine, user.username, "przystan")
    mine.post("/account/logout/")
    for _ in range(10):
        attempt(mine, user.username)
    assert "tried too often" in attempt(mine, user.username, "przystan").content.decode()


def test_a_browser_known_for_one_account_is_a_stranger_to_another(centre: Organisation) -> None:
    mine, other, client = factories.user(centre), factories.user(centre), Client()
    attempt(client, mine.username, "przystan")
    client.post("/account/logout/")
    for _ in range(10):
        attempt(Client(), other.username)
    assert "tried too often" in attempt(client, other.username, "przystan").content.decode()


def test_a_made_up_device_is_no_known_one(centre: Organisation) -> None:
    client = Client()
    client.cookies["device"] = "eyJuYW1lIjoiYSJ9:1:forged"
    for _ in range(10):
        attempt(client, "nobody-here")
    assert "tried too often" in attempt(client, "nobody-here").content.decode()


def test_right_passwords_are_not_counted(centre: Organisation) -> None:
    user = factories.user(centre)
    for _ in range(15):
        assert attempt(Client(), user.username, "przystan").status_code == 302


def test_an_office_behind_one_address_gets_in_on_a_monday(centre: Organisation) -> None:
    for _ in range(25):
        user = factories.user(centre)
        for _ in range(3):
            attempt(Client(), user.username)
        assert attempt(Client(), user.username, "przystan").status_code == 302


def test_many_names_from_one_address_are_stopped_but_not_known_browsers(centre: Organisation) -> None:
    user, mine = factories.user(centre), Client()
    attempt(mine, user.username, "przystan")
    mine.post("/account/logout/")
    for number in range(100):
        attempt(Client(), f"name-{number}")
    assert "tried too often" in attempt(Client(), "one-more").content.decode()
    attempt(mine, user.username, "przystan")
    assert is_in(mine)


def test_wrong_codes_are_counted_and_do_not_lock_the_known_browser(centre: Organisation) -> None:
    user, secret, mine = factories.user(centre), generate_totp_secret(), Client()
    attempt(mine, user.username, "przystan")
    mine.post("/account/logout/")
    TOTP.activate(user, secret)
    thief = Client()
    attempt(thief, user.username, "przystan")
    for _ in range(10):
        thief.post("/account/2fa/authenticate/", {"code": "000000"})
    thief.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert not is_in(thief)
    attempt(mine, user.username, "przystan")
    mine.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert is_in(mine)


# A code opens once


def test_a_code_opens_once(centre: Organisation) -> None:
    user, secret = factories.user(centre), generate_totp_secret()
    TOTP.activate(user, secret)
    first, second = Client(), Client()
    for client in (first, second):
        attempt(client, user.username, "przystan")
    used = code(secret)
    first.post("/account/2fa/authenticate/", {"code": used})
    # allauth remembers it for half a minute; with a tolerance of one step it is valid for longer.
    cache.delete(TOTP(user.authenticator_set.get(type="totp"))._get_used_cache_key(used))
    second.post("/account/2fa/authenticate/", {"code": used})
    assert is_in(first)
    assert not is_in(second)


# No back door


def test_there_is_no_admin_and_no_superuser() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert Client().get("/admin/").status_code == 404
    assert not {"is_superuser", "is_staff"} & {field.name for field in User._meta.get_fields()}
    with pytest.raises((CommandError, AttributeError)):
        call_command("createsuperuser", interactive=False, username="root", full_name="Root")
    assert not User.objects.filter(username="root").exists()


@pytest.mark.parametrize("path", ["/account/inactive/", "/account/signup/", "/account/password/reset/"])
def test_pages_that_would_tell_are_closed(path: str) -> None:
    assert Client().get(path).status_code == 404
