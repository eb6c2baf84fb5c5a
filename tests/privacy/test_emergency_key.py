"""The emergency key takes two people: one asks, another agrees, and until then all stays as it was."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from przystan.access.actors import Forbidden
from przystan.access.keys import staff
from przystan.access.models import AuditEntry, Escrow, User
from przystan.privacy import actions
from przystan.team.models import Organisation
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/privacy/emergency-key/"


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


def keeper(centre: Organisation, role: str, name: str = "Ala Nowak") -> User:
    user = factories.user(centre, role, name=name)
    staff.confirm(user, staff.set_up(user, "a long passphrase for files"))
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ["director", "data_protection_officer"])
def test_nobody_makes_themselves_the_only_custodian(centre, role):
    three = [keeper(centre, "data_protection_officer") for _ in range(3)]
    before = factories.emergency_key(centre, [user.pk for user in three], 2)
    alone, second = keeper(centre, role, "Jan Sam"), keeper(centre, "director")
    client, other = logged_in(alone), logged_in(second)
    client.post(URL, {"custodians": [alone.ref], "needed": "1"})
    plan = Escrow.objects.waiting(centre.pk)
    client.post(f"{URL}{plan.pk}/confirmation/")
    assert Escrow.objects.in_force(centre.pk) == before
    assert "another emergency key" not in client.get("/").content.decode()
    assert "Jan Sam asks for another emergency key" in other.get("/").content.decode()
    page = other.get(URL).content.decode()
    assert "Waits for a second person" in page
    assert f"/{plan.pk}/confirmation/" in page
    assert f"/{plan.pk}/confirmation/" not in client.get(URL).content.decode()
    other.post(f"{URL}{plan.pk}/confirmation/")
    assert Escrow.objects.in_force(centre.pk) == plan
    done = list(AuditEntry.objects.filter(action__startswith="escrow.").order_by("seq").values_list("action", "actor"))
    assert done == [("escrow.ask", alone.pk), ("escrow.confirm", second.pk)]
    lawyer = logged_in(keeper(centre, "lawyer")).get("/keys/").content.decode()
    assert "Jan Sam asked" in lawyer


def test_a_plan_is_withdrawn_and_another_house_knows_nothing_of_it(centre):
    director, second = keeper(centre, "director"), keeper(centre, "data_protection_officer")
    plan = actions.plan_key(by=actor_for(director), custodians=[director], needed=1)
    stranger = actor_for(factories.user(factories.organisation(), "director"))
    for act in (actions.confirm_key, actions.withdraw_key):
        with pytest.raises(Forbidden):
            act(by=factories.actor(centre, "coordinator"), plan=plan.pk)
        with pytest.raises(ValidationError, match="decided already"):
            act(by=stranger, plan=plan.pk)
    with pytest.raises(Forbidden):
        actions.confirm_key(by=actor_for(director), plan=plan.pk)
    logged_in(second).post(f"{URL}{plan.pk}/withdrawal/")
    assert not Escrow.objects.exists()
