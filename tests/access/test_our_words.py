"""The library's pages are ours in words and looks: none of its stock templates, labels or addresses is shown."""

from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client

from tests import factories

SHOWN = [
    "account/login.html",
    "account/logout.html",
    "account/password_change.html",
    "account/reauthenticate.html",
    "mfa/index.html",
    "mfa/authenticate.html",
    "mfa/reauthenticate.html",
    "mfa/totp/activate_form.html",
    "mfa/totp/deactivate_form.html",
    "mfa/webauthn/add_form.html",
    "mfa/webauthn/authenticator_list.html",
    "mfa/webauthn/authenticator_confirm_delete.html",
    "mfa/webauthn/edit_form.html",
    "mfa/webauthn/reauthenticate.html",
    "mfa/webauthn/snippets/scripts.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
]


@pytest.mark.parametrize("name", SHOWN)
def test_no_stock_template(name: str) -> None:
    assert "przystan" in Path(get_template(name).origin.name).parts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "stock"),
    [
        ("/account/reauthenticate/", "password/reset"),
        ("/account/reauthenticate/", "Confirm Access"),
        ("/account/password/change/", "Current Password"),
        ("/account/2fa/totp/activate/", "Authenticator secret"),
        ("/account/2fa/webauthn/add/", "Master key"),
        ("/account/2fa/webauthn/add/", "Passwordless"),
    ],
)
def test_no_stock_words(client: Client, path: str, stock: str) -> None:
    user = factories.user(factories.organisation())
    client.post("/account/login/", {"login": user.username, "password": "przystan"})
    client.cookies["django_language"] = "en"
    client.post("/account/reauthenticate/", {"password": "przystan"})
    assert stock not in client.get(path).content.decode()


@pytest.mark.django_db
def test_a_wrong_password_is_said_in_our_words(client: Client) -> None:
    user = factories.user(factories.organisation())
    client.post("/account/login/", {"login": user.username, "password": "przystan"})
    client.cookies["django_language"] = "en"
    assert "The password is not right." in client.post("/account/reauthenticate/", {"password": "x"}).content.decode()


@pytest.mark.django_db
def test_a_form_sent_after_the_session_has_gone_is_told_to_be_lost(client: Client) -> None:
    away = client.post(
        "/supports/new/", {"notes": "x"}, headers={"Referer": "http://testserver/supports/new/?person=x"}
    )
    client.cookies["django_language"] = "en"
    page = client.get(away["Location"]).content.decode()
    assert "next=%2Fsupports%2Fnew%2F%3Fperson%3Dx" in away["Location"]
    assert "You were not logged in any more." in page
    assert "What you had begun to write was not saved." in page
