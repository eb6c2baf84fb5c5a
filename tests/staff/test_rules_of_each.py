"""Rules as each organisation has them: at their edges, for papers, times to keep and what runs out."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden, system
from przystan.access.scope import acting
from przystan.staff import actions
from przystan.staff.models import AgreementRule, ProofRule, Worker
from przystan.staff.queries import due, may_be_assigned
from przystan.staff.queries.rules import rules_of, rules_on
from przystan.staff.subject import WORKERS
from przystan.team.queries import actor_for
from tests import factories
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def changed(one: Actor, other: Actor, rule: Any, **words: Any) -> Any:
    """What two who lead all points of their organisation agree on, from today unless `valid_from` says when."""
    values = {"kind": rule.kind, "replaces": rule, "source": "Uchwała 5", "valid_from": TODAY} | words
    wanted = type(rule)(**values)
    with acting(one):
        actions.ask_rule(by=one, rule=wanted)
    with acting(other):
        actions.confirm_rule(by=other, rule=wanted)
    return wanted


def ours(house: House) -> tuple[Actor, Actor]:
    return house.actor("lead of all"), house.actor("second of all")


def theirs(house: House) -> tuple[Actor, Actor, Worker]:
    """Two who lead the other organisation, and somebody who works there."""
    centre = house.users["stranger"].memberships.get().organisation
    second = actor_for(factories.user(centre, "coordinator"))
    assert second
    return house.actor("stranger"), second, making.worker(factories.point(centre), "Guest")


def test_how_long_papers_are_kept_is_each_organisations_own(house: House) -> None:
    kind = making.agreement_kind()
    one, other, guest = theirs(house)
    changed(one, other, kind.rules.get(), kept_as="work_none")
    last = TODAY + 30 * DAY
    for worker in (house.hasan, guest):
        Worker.objects.filter(pk=worker.pk).update(user=None)
        making.agreement(worker, TODAY, last, kind=kind)
    for worker, kept in ((house.hasan, "work_employed"), (guest, "work_none")):
        with acting(system(worker.organisation_id, "test")):
            found = WORKERS.times(worker, last + DAY)
        assert found is not None
        assert found.counted == ((kept, last),)
    with acting(system(0, "test")):
        [over] = WORKERS.over(guest.organisation_id, last + DAY)
    assert over.row == guest


def test_what_has_to_be_in_writing_is_too(house: House) -> None:
    kind = making.agreement_kind(writing_after=30)
    one, other, guest = theirs(house)
    changed(one, other, kind.rules.get(), writing_after=0)
    for worker, by, may in ((house.hasan, house.actor("lead"), True), (guest, one, False)):
        making.agreement(worker, TODAY, kind=kind, in_writing=False)
        with acting(by):
            assert may_be_assigned(by, worker, to_minors=False, on=TODAY).may == may


def test_what_runs_out_is_told_by_ones_own_rules(house: House) -> None:
    rule = making.proof_kind(months=12).rules.get()
    one, other, guest = theirs(house)
    changed(one, other, rule, needed="minors", months=2)
    for worker in (house.hasan, guest):
        making.agreement(worker), making.proof(worker, rule.kind, TODAY - 30 * DAY)
    with acting(house.actor("lead of all")) as by:
        assert due(by, TODAY) == []
    with acting(one):
        [found] = due(one, TODAY)
    assert found.worker == guest


@pytest.mark.parametrize(("needed", "may"), [("never", True), ("always", False), ("minors", True)])
def test_for_which_work_a_paper_is_needed_changes_with_its_day(house: House, needed: str, may: bool) -> None:
    """Without the paper, for work without children: asked before and after the change."""
    rule = making.proof_kind(needed="minors").rules.get()
    making.agreement(house.hasan)
    changed(*ours(house), rule, needed=needed, valid_from=TODAY + 5 * DAY)
    with acting(house.actor("lead")) as by:
        answers = [may_be_assigned(by, house.hasan, to_minors=False, on=TODAY + step * DAY).may for step in (4, 5)]
    assert answers == [True, may]


def test_a_rule_that_ends_ends_with_its_changes(house: House) -> None:
    """The law itself has a last day; a change from before it does not outlive it."""
    last = TODAY + 20 * DAY
    rule = making.proof_kind(months=12, valid_to=last).rules.get()
    later = ProofRule.objects.create(kind=rule.kind, needed="minors", months=1, source="x", valid_from=last + DAY)
    changed(*ours(house), rule, needed="minors", months=6, valid_from=TODAY + 5 * DAY)
    organisation = house.here.organisation_id
    held = [(one.months, one.valid_from, one.valid_to) for one in rules_of(ProofRule, organisation)]
    assert held == [
        (12, None, TODAY + 4 * DAY),
        (6, TODAY + 5 * DAY, last),
        (1, later.valid_from, None),
    ]
    for on, months in ((TODAY, 12), (last, 6), (last + DAY, 1)):
        assert [one.months for one in rules_on(ProofRule, organisation, on)] == [months]


def test_one_of_two_rules_of_a_kind_is_changed_and_the_other_stays(house: House) -> None:
    """Where two hold side by side, for children and for all work, each stands for itself."""
    rule = making.proof_kind(months=12).rules.get()
    beside = ProofRule.objects.create(kind=rule.kind, needed="always", months=24, source="x")
    changed(*ours(house), rule, needed="never")
    on = rules_on(ProofRule, house.here.organisation_id, TODAY)
    assert {(one.needed, one.months) for one in on} == {("never", None), ("always", 24)}
    assert beside.pk in {one.pk for one in on}


def test_what_was_agreed_is_not_withdrawn_and_what_was_withdrawn_is_not_agreed(house: House) -> None:
    rule = making.agreement_kind().rules.get()
    agreed = changed(*ours(house), rule, writing_after=7)
    by, other = ours(house)
    with acting(by), pytest.raises(ValidationError, match="decided already"):
        actions.withdraw_rule(by=by, rule=agreed)
    again = AgreementRule(kind=rule.kind, replaces=agreed, writing_after=9, source="x", valid_from=TODAY + 3 * DAY)
    with acting(by):
        actions.ask_rule(by=by, rule=again)
    with acting(other):
        actions.withdraw_rule(by=other, rule=again)
        with pytest.raises(ValidationError, match="decided already"):
            actions.confirm_rule(by=other, rule=again)
    [_shipped, holds] = rules_of(AgreementRule, house.here.organisation_id)
    assert holds.writing_after == 7


def test_the_copies_that_are_read_do_not_change_what_is_kept(house: House) -> None:
    rule = making.proof_kind(months=12).rules.get()
    changed(*ours(house), rule, needed="minors", months=3)
    [read, _own] = rules_of(ProofRule, house.here.organisation_id)
    assert (read.pk, read.valid_to) == (rule.pk, TODAY - DAY)
    rule.refresh_from_db()
    assert rule.valid_to is None


@pytest.mark.parametrize("who", ["lead", "adviser", "interpreter", "volunteer", "administrator"])
def test_nobody_else_asks_for_a_change_or_agrees_to_one(house: House, who: str) -> None:
    rule = making.proof_kind(months=12).rules.get()
    by = house.actor("lead of all")
    wanted = ProofRule(kind=rule.kind, replaces=rule, needed="never", source="x", valid_from=TODAY + DAY)
    with acting(by):
        actions.ask_rule(by=by, rule=wanted)
    for action in (actions.confirm_rule, actions.withdraw_rule):
        with acting(house.actor(who)) as actor, pytest.raises(Forbidden):
            action(by=actor, rule=wanted)
    with acting(house.actor(who)) as actor, pytest.raises(Forbidden):
        actions.ask_rule(by=actor, rule=ProofRule(kind=rule.kind, replaces=rule, source="x", valid_from=TODAY))
    page = reverse("staff:rules")
    shown = house.client(who).get(page)
    assert shown.status_code == (200 if who == "lead" else 404)
    if shown.status_code == 200:
        assert "Changes that wait for a second person" in shown.text, "read by who leads one point"
        assert reverse("staff:rule", args=["proof", rule.pk]) not in shown.text
