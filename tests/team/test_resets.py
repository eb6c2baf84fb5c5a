"""A new first password: by one for those who may do less, by two for all others."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from przystan.access.actors import Forbidden, system
from przystan.access.models import AuditEntry, User
from przystan.team import actions
from przystan.team.models import LoginReset, Membership, Organisation
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def unchanged(user: User) -> bool:
    return User.objects.get(pk=user.pk).check_password("przystan")


def test_a_coordinator_resets_a_teacher_alone(centre: Organisation) -> None:
    user = factories.user(centre, "teacher")
    Authenticator.objects.create(user=user, type="totp", data={})
    page = logged_in(factories.user(centre, "coordinator")).post(f"/team/members/{user.ref}/login/")
    assert "shown only now" in page.content.decode()
    user.refresh_from_db()
    assert not user.check_password("przystan")
    assert user.must_change_password
    assert not user.authenticator_set.exists()


@pytest.mark.parametrize(
    ("by", "other"),
    [
        ("administrator", "lawyer"),
        ("administrator", "director"),
        ("administrator", "adviser"),
        ("coordinator", "psychologist"),
        ("coordinator", "adviser"),
        ("coordinator", "reception"),
        ("coordinator", "coordinator"),
        ("coordinator", "administrator"),
        ("coordinator", "data_protection_officer"),
    ],
)
def test_nobody_takes_over_an_account_with_more_rights_alone(centre: Organisation, by: str, other: str) -> None:
    user, asking = factories.user(centre, other), factories.user(centre, by)
    page = logged_in(asking).post(f"/team/members/{user.ref}/login/", follow=True)
    assert "waits for a second person" in page.content.decode()
    assert unchanged(user)
    reset = LoginReset.objects.get(user=user)
    logged_in(asking).post(f"/team/resets/{reset.ref}/confirm/")
    assert unchanged(user)
    with pytest.raises(Forbidden):
        actions.reset_login(by=actor_for(asking), user=user)


@pytest.mark.parametrize("second", ["coordinator", "administrator", "data_protection_officer", "director"])
def test_a_second_person_agrees_and_hands_it_over(centre: Organisation, second: str) -> None:
    user = factories.user(centre, "lawyer")
    reset = actions.ask_reset(by=factories.actor(centre, "administrator"), user=user)
    client = logged_in(factories.user(centre, second))
    assert "Agree and see the password" in client.get(f"/team/members/{user.ref}/").content.decode()
    page = client.post(f"/team/resets/{reset.ref}/confirm/").content.decode()
    user.refresh_from_db()
    assert any(user.check_password(word) for word in page.replace("<", " ").replace(">", " ").split())
    assert user.must_change_password
    assert list(AuditEntry.objects.filter(object_ref=user.ref).order_by("seq").values_list("action", flat=True)) == [
        "team.ask_reset",
        "team.reset_login",
    ]
    assert client.post(f"/team/resets/{reset.ref}/confirm/").status_code == 404


def test_the_one_whose_password_it_is_does_not_agree(centre: Organisation) -> None:
    user = factories.user(centre, "coordinator")
    reset = actions.ask_reset(by=factories.actor(centre, "administrator"), user=user)
    with pytest.raises(ValidationError):
        actions.confirm_reset(by=actor_for(user), reset=reset)


@pytest.mark.parametrize("role", ["adviser", "lawyer", "case_manager"])
def test_who_does_not_guard_the_doors_agrees_to_nothing(centre: Organisation, role: str) -> None:
    """Not even who opens secrets."""
    user, other = factories.user(centre, "lawyer"), factories.user(centre, role)
    reset = actions.ask_reset(by=factories.actor(centre, "administrator"), user=user)
    assert logged_in(other).post(f"/team/resets/{reset.ref}/confirm/").status_code == 404
    with pytest.raises(Forbidden):
        actions.confirm_reset(by=actor_for(other), reset=reset)
    with pytest.raises(Forbidden):
        actions.withdraw_reset(by=actor_for(other), reset=reset)
    assert unchanged(user)


def test_a_request_of_another_organisation_does_not_exist(centre: Organisation) -> None:
    reset = actions.ask_reset(by=factories.actor(centre, "administrator"), user=factories.user(centre, "lawyer"))
    stranger = logged_in(factories.user(factories.organisation(), "coordinator"))
    assert stranger.post(f"/team/resets/{reset.ref}/confirm/").status_code == 404
    assert stranger.post(f"/team/resets/{reset.ref}/withdraw/").status_code == 404


def test_a_request_ends_after_a_day_and_can_be_withdrawn(centre: Organisation) -> None:
    user = factories.user(centre, "lawyer")
    asking = factories.actor(centre, "administrator")
    reset = actions.ask_reset(by=asking, user=user)
    LoginReset.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    second = logged_in(factories.user(centre, "director"))
    assert second.post(f"/team/resets/{reset.ref}/confirm/").status_code == 404
    again = actions.ask_reset(by=asking, user=user)
    assert again.pk != reset.pk
    actions.withdraw_reset(by=asking, reset=again)
    assert not LoginReset.objects.filter(pk=again.pk).exists()
    assert unchanged(user)


def test_the_database_knows_that_it_takes_two(centre: Organisation) -> None:
    user = factories.user(centre, "lawyer")
    asking = factories.actor(centre, "administrator")
    reset = actions.ask_reset(by=asking, user=user)
    with pytest.raises(IntegrityError, match="reset_by_two_people"):
        LoginReset.objects.filter(pk=reset.pk).update(confirmed_by=asking.user_id, confirmed_at=timezone.now())


def test_from_the_command_line_one_is_enough(centre: Organisation) -> None:
    user = factories.user(centre, "lawyer")
    password = actions.reset_login(by=system(centre.pk, "przystan user password"), user=user)
    assert User.objects.get(pk=user.pk).check_password(password)


def test_a_role_taken_away_makes_nobody_easier_to_become(centre: Organisation) -> None:
    by, user = factories.actor(centre, "coordinator"), factories.user(centre, "lawyer")
    actions.end_role(by=by, membership=user.memberships.get())
    actions.give_role(by=by, user=user, role="teacher")
    with pytest.raises(Forbidden):
        actions.reset_login(by=by, user=user)


def test_who_works_elsewhere_too_is_not_ours_to_open_or_lock(centre: Organisation) -> None:
    by, user = factories.actor(centre, "coordinator"), factories.user(centre, "teacher")
    Membership.objects.create(user=user, organisation=factories.organisation(), role="director")
    with pytest.raises(Forbidden):
        actions.reset_login(by=by, user=user)
    with pytest.raises(ValidationError):
        actions.set_active(by=by, user=user, active=False)


def test_a_request_is_decided_once(centre: Organisation) -> None:
    user, by = factories.user(centre, "lawyer"), factories.actor(centre, "administrator")
    reset = actions.ask_reset(by=by, user=user)
    actions.confirm_reset(by=factories.actor(centre, "director"), reset=reset)
    with pytest.raises(Forbidden):
        actions.confirm_reset(by=factories.actor(centre, "director"), reset=reset)
    with pytest.raises(Forbidden):
        actions.withdraw_reset(by=by, reset=reset)
