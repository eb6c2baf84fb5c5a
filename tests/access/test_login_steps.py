"""What a role asks of a login: a second step for all, a passkey for who opens secrets or doors to them."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from przystan.access.assurance import is_guarded, may_give_alone, may_open_alone, next_step
from przystan.access.models import User
from przystan.access.rights import Care, Right, every, rights_of
from przystan.access.roles import ALL
from przystan.people.rights import PEOPLE_READ
from tests import factories

pytestmark = pytest.mark.django_db
PASSKEY_ROLES = {
    "legal_adviser", "lawyer", "psychologist", "case_manager",
    "coordinator", "director", "data_protection_officer", "administrator",
}  # fmt: skip
rights = st.frozensets(st.sampled_from(every()))
types = st.frozensets(st.sampled_from(["totp", "webauthn", "recovery_codes"]))


@pytest.fixture
def required(settings: object) -> None:
    settings.REQUIRE_SECOND_FACTOR = settings.REQUIRE_PASSKEY = True  # type: ignore[attr-defined]


def passkey(user: User) -> None:
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "key", "credential": {}})


def logged_in(user: User, *shown: str) -> Client:
    """A session in which these second steps were shown."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": one, "at": time.time()} for one in shown]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def test_which_roles_need_a_passkey() -> None:
    assert {role.code for role in ALL if is_guarded(rights_of({role.code}))} == PASSKEY_ROLES


@given(rights, types, types)
def test_nobody_works_without_a_second_step(held: frozenset[Right], has: frozenset[str], used: frozenset[str]) -> None:
    step = next_step(held, has, used, first_password=False, required=True, passkeys=True)
    if step is None:
        assert has & {"totp", "webauthn"}
        assert not is_guarded(held) or "webauthn" in has & used


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("role", [role.code for role in ALL])
def test_without_a_second_step_no_role_opens_anything_but_its_set_up(role: str) -> None:
    client = logged_in(factories.user(factories.organisation(), role))
    assert client.get("/settings/").url == "/account/2fa/"
    page = client.get("/account/2fa/").content.decode()
    assert ("needs a passkey" if role in PASSKEY_ROLES else "whichever you like") in page


@pytest.mark.usefixtures("required")
def test_codes_are_enough_for_an_adviser_and_not_for_a_lawyer() -> None:
    centre = factories.organisation()
    for role, status in (("adviser", 200), ("lawyer", 302)):
        user = factories.user(centre, role)
        TOTP.activate(user, generate_totp_secret())
        assert logged_in(user, "totp").get("/settings/").status_code == status


@pytest.mark.usefixtures("required")
def test_a_lawyer_who_has_a_passkey_must_show_it() -> None:
    user = factories.user(factories.organisation(), "lawyer")
    passkey(user)
    TOTP.activate(user, generate_totp_secret())
    client = logged_in(user, "totp")
    assert client.get("/settings/?a=1").url == "/account/2fa/webauthn/reauthenticate/?next=/settings/%3Fa%3D1"
    assert client.get("/account/2fa/webauthn/add/").status_code == 302  # a stolen code adds no passkey
    assert logged_in(user, "totp", "webauthn").get("/settings/").status_code == 200


@pytest.mark.usefixtures("required")
def test_a_recovery_code_opens_the_set_up_of_a_new_passkey_only() -> None:
    user = factories.user(factories.organisation(), "lawyer")
    passkey(user)
    client = logged_in(user, "recovery_codes")
    assert client.get("/account/2fa/").status_code == 200
    assert client.get("/settings/").url == "/account/2fa/"


@pytest.mark.usefixtures("required")
def test_codes_do_for_a_lawyer_until_there_is_a_name_with_https(settings: object) -> None:
    user = factories.user(factories.organisation(), "lawyer")
    settings.REQUIRE_PASSKEY = False  # type: ignore[attr-defined]
    assert "no address with https yet" in logged_in(user).get("/account/2fa/").content.decode()
    TOTP.activate(user, generate_totp_secret())
    assert logged_in(user, "totp").get("/settings/").status_code == 200
    settings.REQUIRE_PASSKEY = True  # type: ignore[attr-defined]
    assert logged_in(user, "totp").get("/settings/").url == "/account/2fa/"


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize(("host", "led"), [("127.0.0.1:8123", "http://localhost:8123/"), ("localhost:8123", "")])
def test_where_no_passkey_can_be_made_the_page_says_why_and_where(host: str, led: str) -> None:
    client = logged_in(factories.user(factories.organisation(), "lawyer"))
    page = client.get("/account/2fa/", headers={"host": host}).content.decode()
    assert ("opened by a number" in page) == bool(led)
    assert led in page
    assert ("/account/2fa/webauthn/add/" in page) != bool(led)
    login = Client().get("/account/login/", headers={"host": host}).content.decode()
    assert ("passkey_login" in login) != bool(led)


def test_who_has_just_logged_in_types_the_first_password_once(client: Client) -> None:
    user = factories.user(factories.organisation())
    user.must_change_password = True
    user.save()
    client.post("/account/login/", {"login": user.username, "password": "przystan"})
    assert "oldpassword" not in client.get("/account/password/change/").context["form"].fields
    same = client.post("/account/password/change/", dict.fromkeys(("password1", "password2"), "przystan"))
    assert same.status_code == 200
    client.post("/account/password/change/", dict.fromkeys(("password1", "password2"), "kaszubska-zima-42"))
    assert client.get("/account/2fa/totp/activate/").status_code == 200  # nobody is asked once more


def test_the_demo_asks_for_nothing() -> None:
    assert logged_in(factories.user(factories.organisation(), "director")).get("/settings/").status_code == 200


def test_a_first_password_is_changed_before_anything_else() -> None:
    user = factories.user(factories.organisation())
    user.must_change_password = True
    user.save()
    client = logged_in(user)
    assert client.get("/people/").url == "/account/password/change/"
    assert "somebody else has seen" in client.get("/account/password/change/").content.decode()
    words = {"oldpassword": "przystan", "password1": "kaszubska-zima-42", "password2": "kaszubska-zima-42"}
    client.post("/account/password/change/", words)
    assert client.get("/people/").status_code == 200


def test_the_first_password_cannot_stay() -> None:
    user = factories.user(factories.organisation())
    user.set_password("kaszubska-zima-42")
    user.must_change_password = True
    user.save()
    words = dict.fromkeys(("oldpassword", "password1", "password2"), "kaszubska-zima-42")
    page = logged_in(user).post("/account/password/change/", words)
    assert "Choose another one" in page.content.decode()
    user.refresh_from_db()
    assert user.must_change_password


@given(rights, rights)
def test_who_gives_alone_could_do_it_all_anyway(by: frozenset[Right], other: frozenset[Right]) -> None:
    if may_give_alone(by, other):
        assert other <= by
        assert not is_guarded(other)


def test_a_coordinator_alone_gives_roles_of_the_front_line_only() -> None:
    by = rights_of({"coordinator"})
    alone = {role.code for role in ALL if may_give_alone(by, rights_of({role.code}))}
    assert {"reception", "adviser", "social_worker", "teacher", "interpreter"} <= alone
    assert not alone & PASSKEY_ROLES


def test_one_person_opens_no_account_that_opens_anybodys_page() -> None:
    alone = {role.code for role in ALL if may_open_alone(rights_of({role.code}))}
    assert alone == {"teacher", "interpreter", "volunteer", "community_leader", "analyst"}
    assert PEOPLE_READ.care is not Care.HARMLESS


def test_changing_the_second_step_asks_for_the_password_again() -> None:
    client = logged_in(factories.user(factories.organisation()))
    answer = client.get("/account/2fa/totp/activate/")
    assert answer.url == "/account/reauthenticate/?next=%2Faccount%2F2fa%2Ftotp%2Factivate%2F"
