"""What takes two people: neither who asked nor whom it is for does it alone, whatever their roles.

Asked by what is posted; that no button is there says nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from przystan.access.models import User
from przystan.access.models.glass import Category
from przystan.privacy import actions as privacy
from przystan.privacy.loading import load_retention
from przystan.privacy.models import RetentionRule
from przystan.team import actions as team
from przystan.team.models import Membership, Organisation
from przystan.team.queries import actor_for
from tests import factories
from tests.privacy.test_emergency_key import keeper

pytestmark = pytest.mark.django_db


@dataclass
class Rule:
    """`row` is decided about by a post to `path` by the `second`, and by none of `alone`: then it has `done`."""

    row: Model
    path: str
    alone: Iterable[User]
    second: User
    done: Callable[[Any], bool]
    data: dict[str, str]


def both(centre: Organisation, *roles: str) -> User:
    """One account with the roles of several people."""
    user = factories.user(centre, roles[0])
    for role in roles[1:]:
        Membership.objects.create(user=user, organisation=centre, role=role)
    return user


def acts(user: User) -> Any:
    return actor_for(user)


def a_role(centre: Organisation) -> Rule:
    asker, user = both(centre, "coordinator", "director"), both(centre, "data_protection_officer", "director")
    row = team.give_role(by=acts(asker), user=user, role="lawyer")
    path = reverse("team:confirm_role", args=[row.ref])
    return Rule(row, path, (asker, user), factories.user(centre, "director"), lambda one: not one.waits, {})


def a_password(centre: Organisation) -> Rule:
    asker, user = both(centre, "coordinator", "director"), both(centre, "coordinator", "director")
    row = team.ask_reset(by=acts(asker), user=user)
    path = reverse("team:confirm_reset", args=[row.ref])
    return Rule(row, path, (asker, user), factories.user(centre, "director"), lambda one: bool(one.confirmed_at), {})


def an_emergency_key(centre: Organisation) -> Rule:
    asker, second = keeper(centre, "director"), keeper(centre, "director")
    row = privacy.plan_key(by=acts(asker), custodians=[asker], needed=1)
    path = reverse("privacy:confirm_key", args=[row.pk])
    return Rule(row, path, (asker,), second, lambda one: bool(one.confirmed_at), {})


def an_erasure(centre: Organisation) -> Rule:
    person = factories.person(factories.point(centre))
    asker = both(centre, "coordinator", "data_protection_officer")
    row = privacy.ask_erasure(by=acts(asker), person=person)
    path = reverse("privacy:confirm", args=[row.ref])
    return Rule(row, path, (asker,), factories.user(centre, "coordinator"), lambda one: one.state == "done", {})


def a_look(centre: Organisation) -> Rule:
    here, there = factories.point(centre), factories.point(centre)
    asker = factories.user(centre, "coordinator", here)
    Membership.objects.create(user=asker, organisation=centre, role="data_protection_officer")
    person = factories.person(there)
    row = privacy.ask(
        by=acts(asker), model="people.person", ref=person.ref, category=Category.DANGER, reason="She fainted here."
    )
    path = reverse("privacy:review", args=[row.ref])
    data = {"justified": "yes", "note": "It was right."}
    return Rule(row, path, (asker,), factories.user(centre, "coordinator"), lambda one: bool(one.reviewed_at), data)


def erasing_without_asking(centre: Organisation) -> Rule:
    load_retention()
    asker = both(centre, "coordinator", "data_protection_officer")
    shipped = RetentionRule.objects.get(code="ordinary-after-support")
    row = privacy.set_rule(by=acts(asker), rule=shipped, values={"years": 1})
    path = reverse("privacy:automatic", args=[row.ref])
    second = factories.user(centre, "data_protection_officer")
    return Rule(row, path, (asker,), second, lambda one: bool(one.automatic), {"on": "on"})


RULES = [a_role, a_password, an_emergency_key, an_erasure, a_look, erasing_without_asking]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_it_takes_somebody_else(rule: Callable[[Organisation], Rule]) -> None:
    made = rule(factories.organisation())
    for user in (*made.alone, made.second):
        client = Client()
        client.force_login(user)
        client.post(made.path, made.data)
        made.row.refresh_from_db()
        assert made.done(made.row) == (user == made.second), user
