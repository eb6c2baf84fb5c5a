"""Logging in with a password and a code, and being made to set one up."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
LOGIN = {"password": "przystan"}


def code(secret: str) -> str:
    counter = next(yield_hotp_counters_from_time())
    return f"{hotp_value(secret, counter):06}"


def test_the_code_is_asked_after_the_password(client):
    user = factories.user(factories.organisation())
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    first = client.post("/account/login/", LOGIN | {"login": user.username})
    assert first.url.startswith("/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_says_the_same_for_known_and_unknown_names(client):
    user = factories.user(factories.organisation())
    known = client.post("/account/login/", {"login": user.username, "password": "wrong"})
    unknown = client.post("/account/login/", {"login": "nobody", "password": "wrong"})
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_without_a_second_factor_only_its_set_up_opens(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = Client()
    client.force_login(factories.user(factories.organisation()))
    assert client.get("/settings/").url == "/account/2fa/"


@pytest.mark.parametrize("path", ["/account/signup/", "/account/password/reset/", "/account/email/"])
def test_what_we_do_not_use_of_the_library_is_closed(client, path):
    assert client.get(path).status_code == 404


def test_recovery_codes_are_shown_after_the_second_factor_is_set_up(client):
    user = factories.user(factories.organisation())
    client.post("/account/login/", LOGIN | {"login": user.username})
    client.post("/account/reauthenticate/", LOGIN)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    codes = client.post("/account/2fa/totp/activate/", {"code": code(secret)}, follow=True)
    assert codes.redirect_chain[-1][0] == "/account/2fa/recovery-codes/"
    shown = codes.content.decode()
    assert all(one in shown for one in user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes())
    assert client.get("/account/2fa/").status_code == 200
