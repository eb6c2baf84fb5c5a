"""The team pages by personas, and what happens to accounts."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from przystan.access.actors import Forbidden, system
from przystan.access.models import AuditEntry, User
from przystan.team import actions
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return factories.organisation()


def logged_in(of, role: str) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(factories.user(of, role))
    return client


@pytest.mark.parametrize(("role", "status"), [("coordinator", 200), ("director", 200), ("adviser", 404)])
def test_who_sees_the_team(centre, role, status):
    assert logged_in(centre, role).get("/team/").status_code == status


def test_strangers_log_in_first(client):
    response = client.get("/team/")
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_a_colleague_of_another_organisation_does_not_exist(centre):
    other = factories.user(factories.organisation())
    assert logged_in(centre, "coordinator").get(f"/team/members/{other.ref}/").status_code == 404


def test_a_new_colleague_gets_a_password_once_and_can_log_in(centre):
    data = {"full_name": "Ірина Бондар", "username": "iryna", "language": "uk", "role": "adviser", "point": ""}
    page = logged_in(centre, "coordinator").post("/team/new/", data)
    user = User.objects.get(username="iryna")
    assert page.status_code == 200
    assert any(user.check_password(word) for word in page.content.decode().replace("<", " ").replace(">", " ").split())
    assert actor_for(user).roles == {"adviser"}
    assert user.must_change_password, "who made the account has seen the password"
    assert AuditEntry.objects.filter(action="team.add_member", object_ref=user.ref).exists()


def test_nobody_but_the_server_takes_a_password_that_is_not_to_be_changed(centre):
    words = {"full_name": "Jan Nowak", "username": "jan", "role": "adviser", "own_password": "five quiet herons"}
    with pytest.raises(Forbidden):
        actions.add_member(by=factories.actor(centre, "coordinator"), **words)
    user, password = actions.add_member(by=system(centre.pk, "test"), **words)
    assert password == "five quiet herons"
    assert user.check_password(password)
    assert not User.objects.get(pk=user.pk).must_change_password


def test_a_taken_user_name_is_said_and_nothing_is_made(centre):
    by = factories.actor(centre, "coordinator")
    actions.add_member(by=by, full_name="A", username="ada", role="adviser")
    with pytest.raises(ValidationError, match="taken"):
        actions.add_member(by=by, full_name="B", username="ADA", role="adviser")
    assert User.objects.filter(username__iexact="ada").count() == 1


def test_a_role_that_ends_is_gone_with_the_next_request(centre):
    user = factories.user(centre, "coordinator")
    client = Client()
    client.force_login(user)
    assert client.get("/team/").status_code == 200
    user.memberships.update(valid_to=timezone.localdate() - timedelta(days=1))
    assert client.get("/team/").url == "/account/login/?next=%2Fteam%2F&why=roles"
    client.force_login(user)
    assert client.get("/team/").status_code == 403


def test_nobody_locks_demotes_or_promotes_themselves(centre):
    user = factories.user(centre, "administrator")
    with pytest.raises(ValidationError):
        actions.give_role(by=actor_for(user), user=user, role="coordinator")
    with pytest.raises(ValidationError):
        actions.set_active(by=actor_for(user), user=user, active=False)
    with pytest.raises(ValidationError):
        actions.end_role(by=actor_for(user), membership=user.memberships.get())


def test_a_locked_account_is_out_at_once(centre):
    user = factories.user(centre, "adviser")
    client = Client()
    client.force_login(user)
    actions.set_active(by=factories.actor(centre, "coordinator"), user=user, active=False)
    assert client.get("/settings/").status_code == 302


def test_the_last_open_point_stays_open(centre):
    """Said beside the day; one of several is closed, and a closed one may be written anew."""
    first, second = factories.point(centre), factories.point(centre)
    client = logged_in(centre, "coordinator")
    none = {"hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0"}

    def close(point):
        sent = {"name": point.name, "code": point.code, "closed_on": "2026-11-01", **none}
        return client.post(f"/team/points/{point.ref}/", sent)

    assert close(first).status_code == 302
    refused = close(second)
    assert list(refused.context["form"].errors) == ["closed_on"]
    second.refresh_from_db()
    assert second.closed_on is None
    assert close(first).status_code == 302


def test_hours_of_a_point_are_replaced_as_a_whole(centre):
    point = factories.point(centre)
    client = logged_in(centre, "coordinator")
    data = {
        "name": "Tczew",
        "code": "tczew",
        "hours-TOTAL_FORMS": "2",
        "hours-INITIAL_FORMS": "0",
        "hours-0-weekday": "0",
        "hours-0-opens": "12:00",
        "hours-0-closes": "20:00",
        "hours-1-weekday": "1",
        "hours-1-opens": "12:00",
        "hours-1-closes": "11:00",
    }
    refused = client.post(f"/team/points/{point.ref}/", data)
    assert refused.status_code == 200
    assert not point.hours.exists()
    client.post(f"/team/points/{point.ref}/", data | {"hours-1-closes": "18:00"})
    assert [hours.weekday for hours in point.hours.all()] == [0, 1]


def test_a_role_that_ends_before_it_begins_is_refused_in_words(centre):
    user = factories.user(centre, "adviser")
    data = {"role": "teacher", "point": "", "valid_to": "2020-01-01"}
    page = logged_in(centre, "coordinator").post(f"/team/members/{user.ref}/", data, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "must not be after the last" in page.content.decode()
    assert user.memberships.count() == 1
