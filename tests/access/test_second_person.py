"""What takes two people: neither who asked nor whom it is for does it alone, whatever their roles.

Asked by what is posted; that no button is there says nothing. Every place in the sources that compares who acts with
somebody in a row is named by a rule here: tests/architecture/test_second_person.py.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.models import GlassApproval, User
from przystan.access.models.glass import Category
from przystan.people.actions.protecting import new_alias
from przystan.privacy import actions as privacy
from przystan.privacy.enums import Cause
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure, RetentionRule
from przystan.staff.actions import ask_rule
from przystan.staff.models import ProofRule
from przystan.team import actions as team
from przystan.team.models import LoginReset, Membership, Organisation
from przystan.team.queries import actor_for
from tests import factories
from tests.privacy.test_emergency_key import keeper
from tests.staff import making

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


RULES: dict[Callable[[Organisation], Rule], tuple[str, ...]] = {}


def takes_two(*places: str) -> Callable[[Callable[[Organisation], Rule]], Callable[[Organisation], Rule]]:
    """Says of a rule which functions of the product it holds."""

    def keep(rule: Callable[[Organisation], Rule]) -> Callable[[Organisation], Rule]:
        RULES[rule] = places
        return rule

    return keep


def both(centre: Organisation, *roles: str) -> User:
    """One account with the roles of several people."""
    user = factories.user(centre, roles[0])
    for role in roles[1:]:
        Membership.objects.create(user=user, organisation=centre, role=role)
    return user


def acts(user: User) -> Any:
    return actor_for(user)


@takes_two("team.actions.roles.confirm_role", "team.queries.may_confirm")
def a_role(centre: Organisation) -> Rule:
    asker, user = both(centre, "coordinator", "director"), both(centre, "data_protection_officer", "director")
    row = team.give_role(by=acts(asker), user=user, role="lawyer")
    path = reverse("team:confirm_role", args=[row.ref])
    return Rule(row, path, (asker, user), factories.user(centre, "director"), lambda one: not one.waits, {})


@takes_two("team.actions.resets.confirm_reset")
def a_password(centre: Organisation) -> Rule:
    asker, user = both(centre, "coordinator", "director"), both(centre, "coordinator", "director")
    row = team.ask_reset(by=acts(asker), user=user)
    path = reverse("team:confirm_reset", args=[row.ref])
    return Rule(row, path, (asker, user), factories.user(centre, "director"), lambda one: bool(one.confirmed_at), {})


@takes_two("privacy.policies.may_confirm_key")
def an_emergency_key(centre: Organisation) -> Rule:
    asker, second = keeper(centre, "director"), keeper(centre, "director")
    row = privacy.plan_key(by=acts(asker), custodians=[asker], needed=1)
    path = reverse("privacy:confirm_key", args=[row.pk])
    return Rule(row, path, (asker,), second, lambda one: bool(one.confirmed_at), {})


@takes_two("privacy.policies.may_confirm")
def an_erasure(centre: Organisation) -> Rule:
    person = factories.person(factories.point(centre))
    asker = both(centre, "coordinator", "data_protection_officer")
    row = privacy.ask_erasure(by=acts(asker), person=person)
    path = reverse("privacy:confirm", args=[row.ref])
    return Rule(row, path, (asker,), factories.user(centre, "coordinator"), lambda one: one.state == "done", {})


@takes_two("privacy.policies.may_review")
def a_look(centre: Organisation) -> Rule:
    here, there = factories.point(centre), factories.point(centre)
    asker = factories.user(centre, "coordinator", here)
    Membership.objects.create(user=asker, organisation=centre, role="data_protection_officer")
    person = factories.person(there)
    row = privacy.ask(
        by=acts(asker), model="people.person", ref=person.ref, category=Category.DANGER, reason="She fainted here."
    )
    approver = factories.user(centre, "coordinator")
    GlassApproval.objects.create(glass=row, by=approver)
    path = reverse("privacy:review", args=[row.ref])
    data = {"justified": "yes", "note": "It was right."}
    second = factories.user(centre, "coordinator")
    return Rule(row, path, (asker, approver), second, lambda one: bool(one.reviewed_at), data)


@takes_two("privacy.actions.retention.set_automatic")
def erasing_without_asking(centre: Organisation) -> Rule:
    load_retention()
    asker = both(centre, "coordinator", "data_protection_officer")
    shipped = RetentionRule.objects.get(code="ordinary-after-support")
    row = privacy.set_rule(by=acts(asker), rule=shipped, values={"years": 1})
    path = reverse("privacy:automatic", args=[row.ref])
    second = factories.user(centre, "data_protection_officer")
    return Rule(row, path, (asker,), second, lambda one: bool(one.automatic), {"on": "on"})


@takes_two("privacy.policies.may_confirm")
def an_erasure_by_a_time_made_shorter(centre: Organisation) -> Rule:
    load_retention()
    point = factories.point(centre)
    person = factories.person(point)
    factories.support(point, factories.service(), person, day=date(2010, 1, 1))
    shortened = both(centre, "coordinator", "data_protection_officer")
    shipped = RetentionRule.objects.get(code="ordinary-after-support")
    privacy.set_rule(by=acts(shortened), rule=shipped, values={"years": 1})
    row = Erasure.objects.create(
        organisation=centre, person=person, person_ref=person.ref, scope="person", cause=Cause.RETENTION
    )
    path = reverse("privacy:confirm", args=[row.ref])
    return Rule(row, path, (shortened,), factories.user(centre, "coordinator"), lambda one: one.state == "done", {})


@takes_two("privacy.policies.may_approve")
def an_emergency_look(centre: Organisation) -> Rule:
    """Decided about by who did not ask, and is not led by who did."""
    here, there = factories.point(centre), factories.point(centre)
    asker = both(centre, "director", "lawyer", "coordinator")
    below = factories.user(centre, "director", there)
    hidden = factories.person(here, protected=True, alias=new_alias())
    row = privacy.ask(
        by=acts(asker), model="people.person", ref=hidden.ref, category=Category.DANGER, reason="She fainted here."
    )
    path = reverse("privacy:refuse", args=[row.ref])
    second = factories.user(centre, "data_protection_officer")
    return Rule(row, path, (asker, below), second, lambda one: bool(one.refused_at), {})


@takes_two("staff.policies.may_confirm")
def an_hour(centre: Organisation) -> Rule:
    point = factories.point(centre)
    noted = factories.user(centre, "coordinator")
    row = making.hour(making.worker(point), day=timezone.localdate(), noted_by=noted)
    path = reverse("staff:confirm", args=[row.ref])
    return Rule(row, path, (noted,), factories.user(centre, "coordinator"), lambda one: bool(one.confirmed_at), {})


@takes_two("staff.policies.may_confirm")
def an_hour_of_ones_own(centre: Organisation) -> Rule:
    point = factories.point(centre)
    noted = both(centre, "coordinator", "interpreter")
    row = making.hour(making.worker(point, user=noted), day=timezone.localdate(), noted_by=noted)
    path = reverse("staff:confirm", args=[row.ref])
    return Rule(row, path, (noted,), factories.user(centre, "coordinator"), lambda one: bool(one.confirmed_at), {})


@takes_two("staff.policies.may_ask")
def the_word_of_who_worked(centre: Organisation) -> Rule:
    """Asked by a link: who noted the time would hold both words."""
    noted = factories.user(centre, "coordinator")
    row = making.hour(making.worker(factories.point(centre)), day=timezone.localdate(), noted_by=noted)
    path = reverse("links:new", args=["staff.hour", row.ref])
    second = factories.user(centre, "coordinator")
    return Rule(row, path, (noted,), second, lambda one: one.link_id is not None, {"language": "en"})


@takes_two("staff.policies.may_confirm_rule")
def a_rule_of_who_may_work_with_children(centre: Organisation) -> Rule:
    asker = factories.user(centre, "coordinator")
    rule = making.proof_kind(months=12).rules.get()
    row = ask_rule(
        by=acts(asker),
        rule=ProofRule(
            kind=rule.kind,
            replaces=rule,
            needed=rule.needed,
            months=6,
            source="A letter",
            valid_from=timezone.localdate(),
        ),
    )
    path = reverse("staff:confirm_rule", args=["proof", row.pk])
    return Rule(row, path, (asker,), factories.user(centre, "coordinator"), lambda one: bool(one.confirmed_at), {})


@takes_two("staff.actions.workers.join_account")
def whose_account_it_is(centre: Organisation) -> Rule:
    own = factories.user(centre, "coordinator")
    row = making.worker(factories.point(centre))
    path = reverse("staff:account", args=[row.ref])
    second = factories.user(centre, "coordinator")
    return Rule(row, path, (own,), second, lambda one: one.user == own, {"user": str(own.pk)})


@takes_two("team.actions.roles.give_role")
def one_more_role(centre: Organisation) -> Rule:
    own = factories.user(centre, "administrator")
    path = reverse("team:member", args=[own.ref])
    data = {"role": "administrator", "point": str(factories.point(centre).pk)}
    second = factories.user(centre, "administrator")
    return Rule(own, path, (own,), second, lambda one: one.memberships.count() == 2, data)


@takes_two("team.actions.roles.end_role")
def a_role_less(centre: Organisation) -> Rule:
    own = both(centre, "administrator", "coordinator")
    row = own.memberships.get(role="coordinator")
    Membership.objects.filter(pk=row.pk).update(valid_from=None)
    path = reverse("team:end_role", args=[row.ref])
    return Rule(row, path, (own,), factories.user(centre, "administrator"), lambda one: one.valid_to is not None, {})


@takes_two("team.actions.members.set_active")
def an_account_locked(centre: Organisation) -> Rule:
    own = factories.user(centre, "administrator")
    path = reverse("team:lock", args=[own.ref])
    second = factories.user(centre, "administrator")
    return Rule(own, path, (own,), second, lambda one: not one.is_active, {"active": "no"})


@takes_two("team.actions.resets.ask_reset")
def ones_own_password(centre: Organisation) -> Rule:
    own = both(centre, "administrator", "director")
    path = reverse("team:reset", args=[own.ref])
    second = factories.user(centre, "administrator")
    return Rule(own, path, (own,), second, lambda one: LoginReset.objects.filter(user=one).exists(), {})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_it_takes_somebody_else(rule: Callable[[Organisation], Rule]) -> None:
    made = rule(factories.organisation())
    for user in (*made.alone, made.second):
        client = Client()
        client.force_login(user)
        client.post(made.path, made.data)
        made.row.refresh_from_db(from_queryset=type(made.row)._base_manager.all())
        assert made.done(made.row) == (user == made.second), user
