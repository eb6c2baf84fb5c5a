"""Roles: one gives what is no more than their own, for all others it takes two."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from przystan.access.actors import Forbidden, system
from przystan.access.models import AuditEntry, User
from przystan.access.rights import rights_of
from przystan.access.roles import ALL
from przystan.team import actions
from przystan.team.models import Membership, Organisation
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


def words(page: str) -> list[str]:
    return page.replace("<", " ").replace(">", " ").split()


@pytest.mark.parametrize("giver", ["administrator", "coordinator"])
@pytest.mark.parametrize("role", [role.code for role in ALL])
def test_nobody_alone_makes_an_account_that_may_more(centre: Organisation, giver: str, role: str) -> None:
    by = factories.actor(centre, giver)
    user, password = actions.add_member(by=by, full_name="Ewa Lis", username="ewa", role=role)
    if password:
        assert rights_of({role}) <= by.rights
        assert actor_for(user).roles == {role}
    else:
        assert actor_for(user) is None
        assert not user.has_usable_password()


def test_a_technical_administrator_gets_no_content_by_making_a_lawyer(centre: Organisation) -> None:
    by = factories.user(centre, "administrator")
    client = logged_in(by)
    data = {"full_name": "Ewa Lis", "username": "ewa", "language": "pl", "role": "lawyer", "point": ""}
    page = client.post("/team/new/", data, follow=True).content.decode()
    assert "waits for a second person" in page
    membership = Membership.objects.get(user__username="ewa")
    client.post(f"/team/memberships/{membership.ref}/confirm/")
    membership.refresh_from_db()
    assert membership.waits
    with pytest.raises(Forbidden):
        actions.reset_login(by=actor_for(by), user=membership.user)
    answer = logged_in(factories.user(centre, "director")).post(f"/team/memberships/{membership.ref}/confirm/")
    user = User.objects.get(username="ewa")
    assert actor_for(user).roles == {"lawyer"}
    assert any(user.check_password(word) for word in words(answer.content.decode()))


def test_at_another_point_it_takes_two(centre: Organisation) -> None:
    here, there = factories.point(centre), factories.point(centre)
    by = factories.actor(centre, "coordinator", here)
    assert not actions.give_role(by=by, user=factories.user(centre, "teacher"), role="adviser", point=here).waits
    assert actions.give_role(by=by, user=factories.user(centre, "teacher"), role="adviser", point=there).waits
    assert actions.give_role(by=by, user=factories.user(centre, "teacher"), role="adviser").waits


def test_who_is_trusted_already_keeps_the_password(centre: Organisation) -> None:
    user = factories.user(centre, "lawyer")
    asked = actions.give_role(by=factories.actor(centre, "coordinator"), user=user, role="case_manager")
    assert actor_for(user).roles == {"lawyer"}
    assert actions.confirm_role(by=factories.actor(centre, "director"), membership=asked) == ""
    assert actor_for(user).roles == {"lawyer", "case_manager"}
    assert User.objects.get(pk=user.pk).check_password("przystan")
    told = AuditEntry.objects.filter(object_ref=user.ref).order_by("seq").values_list("action", flat=True)
    assert list(told) == ["team.ask_role", "team.give_role"]


def test_today_tells_who_may_agree_and_nobody_else(centre: Organisation) -> None:
    asking = factories.user(centre, "administrator")
    user = factories.user(centre, "adviser", name="Ewa Lis")
    actions.give_role(by=actor_for(asking), user=user, role="coordinator")
    second = logged_in(factories.user(centre, "coordinator"))
    assert "A second person is needed" in second.get("/").content.decode()
    assert "Agree to this role" in second.get(f"/team/members/{user.ref}/").content.decode()
    for other in (asking, factories.user(centre, "adviser")):
        assert "A second person is needed" not in logged_in(other).get("/").content.decode()


def test_neither_who_asked_nor_who_gets_it_nor_an_adviser_agrees(centre: Organisation) -> None:
    user = factories.user(centre, "coordinator")
    asking = factories.actor(centre, "administrator")
    asked = actions.give_role(by=asking, user=user, role="director")
    for who in (asking, actor_for(user)):
        with pytest.raises(ValidationError):
            actions.confirm_role(by=who, membership=asked)
    with pytest.raises(Forbidden):
        actions.confirm_role(by=factories.actor(centre), membership=asked)
    with pytest.raises(Forbidden):
        actions.refuse_role(by=factories.actor(centre), membership=asked)
    stranger = logged_in(factories.user(factories.organisation(), "coordinator"))
    assert stranger.post(f"/team/memberships/{asked.ref}/confirm/").status_code == 404
    with pytest.raises(IntegrityError, match="role_by_two_people"):
        Membership.objects.filter(pk=asked.pk).update(confirmed_by=asking.user_id)


def test_a_refused_account_is_gone_and_its_name_free(centre: Organisation) -> None:
    by = factories.actor(centre, "administrator")
    user, _password = actions.add_member(by=by, full_name="Ewa Lis", username="ewa", role="lawyer")
    logged_in(factories.user(centre, "director")).post(f"/team/memberships/{user.memberships.get().ref}/refuse/")
    assert not User.objects.filter(username="ewa").exists()


@pytest.mark.parametrize("known", ["by another role", "by having been here"])
def test_an_account_that_somebody_uses_stays_when_a_role_is_refused(centre: Organisation, known: str) -> None:
    by, user = factories.actor(centre, "administrator"), factories.user(centre)
    asked = actions.give_role(by=by, user=user, role="lawyer")
    if known == "by having been here":
        user.memberships.exclude(pk=asked.pk).delete()
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    actions.refuse_role(by=factories.actor(centre, "director"), membership=asked)
    assert User.objects.filter(pk=user.pk).exists()
    assert not Membership.objects.filter(pk=asked.pk).exists()


def test_asking_twice_asks_once(centre: Organisation) -> None:
    by, user = factories.actor(centre, "administrator"), factories.user(centre)
    assert actions.give_role(by=by, user=user, role="lawyer") == actions.give_role(by=by, user=user, role="lawyer")


def test_from_the_command_line_one_is_enough(centre: Organisation) -> None:
    by = system(centre.pk, "przystan user add")
    user, password = actions.add_member(by=by, full_name="Ewa Lis", username="ewa", role="lawyer")
    assert actor_for(user).roles == {"lawyer"}
    assert user.check_password(password)


def test_a_role_is_decided_once(centre: Organisation) -> None:
    user, by = factories.user(centre, "adviser"), factories.actor(centre, "administrator")
    asked = actions.give_role(by=by, user=user, role="lawyer")
    actions.confirm_role(by=factories.actor(centre, "director"), membership=asked)
    for late in (actions.confirm_role, actions.refuse_role):
        with pytest.raises(Forbidden):
            late(by=factories.actor(centre, "director"), membership=asked)
    assert actor_for(user).roles == {"adviser", "lawyer"}


def test_who_leads_one_point_ends_and_locks_there_only(centre: Organisation) -> None:
    by = factories.actor(centre, "coordinator", factories.point(centre))
    director = factories.user(centre, "director")
    with pytest.raises(ValidationError):
        actions.end_role(by=by, membership=director.memberships.get())
    with pytest.raises(ValidationError):
        actions.set_active(by=by, user=director, active=False)


def test_a_role_that_reads_nobody_opens_no_other_point(centre: Organisation) -> None:
    here = factories.point(centre)
    user = factories.user(centre, "adviser", here)
    Membership.objects.create(user=user, organisation=centre, role="interpreter")
    assert actor_for(user).points == {here.pk}


@pytest.mark.parametrize("login", ["an na", "Łucja", "x" * 61, ""])
def test_a_login_that_cannot_be_typed_is_refused(centre: Organisation, login: str) -> None:
    """From the command line too, where no form looks first."""
    with pytest.raises(ValidationError):
        actions.add_member(by=system(centre.pk, "tests"), full_name="Anna", username=login, role="adviser")
    assert not User.objects.filter(username=login).exists()
