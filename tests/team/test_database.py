"""What takes two people about accounts takes two in the database as well: asked in SQL, past all actions."""

import pytest

from przystan.access.actors import Actor
from przystan.access.models import Escrow, User
from przystan.team.models import LoginReset, Membership, Organisation
from tests import factories
from tests.harness.sql import refused, run

pytestmark = pytest.mark.django_db
GIVE = (
    "INSERT INTO team_membership (ref, user_id, organisation_id, role, asked_by_id, confirmed_by_id, valid_from)"
    " VALUES ('abcdefghijkm', {}, {}, 'coordinator', {}, {}, now())"
)
RESET = (
    "INSERT INTO team_loginreset (ref, organisation_id, user_id, asked_by_id, asked_at, confirmed_by_id, confirmed_at)"
    " VALUES ('abcdefghijkm', app_org(), {}, {}, now(), {}, {})"
)


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


@pytest.fixture
def asker(centre: Organisation) -> Actor:
    return factories.actor(centre, "coordinator")


@pytest.fixture
def second(centre: Organisation) -> Actor:
    return factories.actor(centre, "coordinator")


@pytest.fixture
def user(centre: Organisation) -> User:
    return factories.user(centre, "reception")


# A role


@pytest.fixture
def asked(centre: Organisation, user: User, asker: Actor) -> Membership:
    return Membership.objects.create(organisation=centre, user=user, role="lawyer", asked_by_id=asker.user_id)


def test_nobody_gives_a_role_to_themselves_in_anothers_name_or_elsewhere(
    asker: Actor, second: Actor, user: User
) -> None:
    other = factories.organisation()
    for whose, where, by, agreed in (
        (asker.user_id, "app_org()", "NULL", "NULL"),
        (user.pk, other.pk, "NULL", "NULL"),
        (user.pk, "app_org()", second.user_id, "NULL"),
        (user.pk, "app_org()", "app_uid()", second.user_id),
    ):
        refused(asker, GIVE.format(whose, where, by, agreed))
    assert run(asker, GIVE.format(user.pk, "app_org()", "app_uid()", "NULL")) == 1


def test_a_role_is_agreed_to_by_a_second_person(asked: Membership, asker: Actor, second: Actor) -> None:
    agrees = f"UPDATE team_membership SET confirmed_by_id = {{}}, valid_from = now() WHERE id = {asked.pk}"
    refused(asker, agrees.format("app_uid()"))
    refused(asker, agrees.format(second.user_id))
    refused(factories.actor(factories.organisation(), "coordinator"), agrees.format("app_uid()"))
    assert run(second, agrees.format("app_uid()")) == 1
    refused(second, agrees.format("NULL"))


@pytest.mark.parametrize(
    "change",
    ["role = 'coordinator'", "asked_by_id = NULL", "user_id = app_uid()", "point_id = 1", "valid_from = now()"],
)
def test_a_role_stays_what_it_was(asked: Membership, second: Actor, change: str) -> None:
    refused(second, f"UPDATE team_membership SET {change} WHERE id = {asked.pk}")


def test_a_role_ends_and_its_end_is_not_taken_back(asker: Actor, user: User) -> None:
    ends = "UPDATE team_membership SET valid_to = {} WHERE user_id = {}"
    refused(asker, ends.format("now()", asker.user_id))
    assert run(asker, ends.format("now()", user.pk)) == 1
    refused(asker, ends.format("NULL", user.pk))
    refused(asker, ends.format("now() + interval '9 days'", user.pk))
    assert run(asker, f"DELETE FROM team_membership WHERE user_id = {asker.user_id}") == 0


# A new password


def test_a_new_password_is_asked_for_in_ones_own_name(asker: Actor, second: Actor, user: User) -> None:
    for whose, by, agreed, at in (
        (user.pk, second.user_id, "NULL", "NULL"),
        (asker.user_id, "app_uid()", "NULL", "NULL"),
        (user.pk, "app_uid()", second.user_id, "now()"),
    ):
        refused(asker, RESET.format(whose, by, agreed, at))
    assert run(asker, RESET.format(user.pk, "app_uid()", "NULL", "NULL")) == 1


def test_a_new_password_is_confirmed_by_a_second_person_now(
    centre: Organisation, asker: Actor, second: Actor, user: User
) -> None:
    LoginReset.objects.create(organisation=centre, user=user, asked_by_id=asker.user_id)
    confirms = "UPDATE team_loginreset SET confirmed_at = {}, confirmed_by_id = {}"
    refused(asker, confirms.format("now()", "app_uid()"))
    refused(asker, confirms.format("now()", second.user_id))
    refused(second, confirms.format("now() - interval '1 day'", "app_uid()"))
    refused(second, f"UPDATE team_loginreset SET user_id = {asker.user_id}")
    stranger = factories.actor(factories.organisation(), "coordinator")
    assert run(stranger, confirms.format("now()", "app_uid()")) == 0
    assert run(second, confirms.format("now()", "app_uid()")) == 1


# The emergency key

KEY = (
    "INSERT INTO access_escrow (organisation_id, public, needed, created_at, asked_by_id,"
    " confirmed_by_id, confirmed_at) VALUES (app_org(), '', 1, now(), {}, {}, {})"
)


def test_an_emergency_key_is_put_in_force_by_a_second_person(centre: Organisation, asker: Actor, second: Actor) -> None:
    refused(asker, KEY.format(second.user_id, "NULL", "NULL"))
    refused(asker, KEY.format("app_uid()", second.user_id, "now()"))
    assert run(asker, KEY.format("app_uid()", "NULL", "NULL")) == 1
    confirms = "UPDATE access_escrow SET confirmed_at = {}, confirmed_by_id = {}"
    refused(asker, confirms.format("now()", "app_uid()"))
    refused(asker, confirms.format("now()", second.user_id))
    refused(second, confirms.format("now() - interval '1 day'", "app_uid()"))
    refused(second, "UPDATE access_escrow SET public = 'x'")
    stranger = factories.actor(factories.organisation(), "coordinator")
    assert run(stranger, "DELETE FROM access_escrow") == 0
    assert run(second, confirms.format("now()", "app_uid()")) == 1
    assert Escrow.objects.get(organisation_id=centre.pk).confirmed_by_id == second.user_id
