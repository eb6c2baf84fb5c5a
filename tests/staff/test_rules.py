"""The rules of the gate are changed in the product: from a day on, by two people, and the past stays as it was."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.privacy.actions import look_over
from przystan.privacy.loading import load_retention
from przystan.staff import actions
from przystan.staff.loading import load_paper_kinds
from przystan.staff.models import AgreementKind, AgreementRule, ProofRule
from przystan.staff.queries import may_be_assigned
from przystan.staff.queries.rules import rules_of
from przystan.team.queries import actor_for
from tests import factories
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)
SOON = TODAY + 10 * DAY


@pytest.fixture
def rule() -> ProofRule:
    """A check that holds for a year."""
    return making.proof_kind("register", months=12).rules.get()


def sheet(**more: Any) -> dict[str, Any]:
    values = {"needed": "minors", "months": 6, "source": "Uchwała 3", "certainty": "house", "valid_from": SOON}
    return {"read": "", "besides": "", "years": ""} | values | more


def asked(house: House, rule: ProofRule, **more: Any) -> ProofRule:
    """As who leads all points asks on the page."""
    page = reverse("staff:rule", args=["proof", rule.pk])
    assert house.client("lead of all").post(page, sheet(**more)).status_code == 302
    return ProofRule.every.waiting().latest("pk")


def agree(house: House, wanted: Any, of: str = "proof") -> None:
    """As another who leads all points confirms it on the page."""
    house.client("second of all").post(reverse("staff:confirm_rule", args=[of, wanted.pk]))


def actor_of(user: User) -> Actor:
    found = actor_for(user)
    assert found
    return found


def assigned(house: House, on: date) -> bool:
    with acting(house.actor("lead")) as lead:
        return may_be_assigned(lead, house.hasan, to_minors=True, on=on).may


def test_it_holds_from_its_day_on_once_another_has_confirmed_it(house: House, rule: ProofRule) -> None:
    making.agreement(house.hasan), making.proof(house.hasan, rule.kind, TODAY - timedelta(days=240))
    wanted = asked(house, rule)
    assert [assigned(house, on) for on in (SOON - DAY, SOON)] == [True, True], "asked is not confirmed"
    page = house.client("second of all").get(reverse("staff:rules")).text
    assert "Changes that wait for a second person" in page
    assert reverse("staff:confirm_rule", args=["proof", wanted.pk]) in page
    agree(house, wanted)
    assert [assigned(house, on) for on in (SOON - DAY, SOON)] == [True, False]
    rule.refresh_from_db()
    assert (rule.months, rule.valid_to) == (12, None), "what shipped stays as it shipped"
    assert list(
        AuditEntry.objects.filter(model="staff.proofrule").order_by("seq").values_list("action", flat=True)
    ) == [
        "staff.ask_rule",
        "staff.confirm_rule",
    ]


def test_who_asked_confirms_nothing(house: House, rule: ProofRule) -> None:
    wanted = asked(house, rule)
    client = house.client("lead of all")
    assert reverse("staff:confirm_rule", args=["proof", wanted.pk]) not in client.get(reverse("staff:rules")).text
    client.post(reverse("staff:confirm_rule", args=["proof", wanted.pk]))
    assert ProofRule.every.get(pk=wanted.pk).is_waiting
    same = {"confirmed_by": house.users["lead of all"], "confirmed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="by_two_people"), transaction.atomic():
        ProofRule.every.filter(pk=wanted.pk).update(**same)


@pytest.mark.parametrize("who", ["lead", "adviser", "interpreter", "administrator"])
def test_only_who_leads_all_points_asks(house: House, rule: ProofRule, who: str) -> None:
    page = reverse("staff:rule", args=["proof", rule.pk])
    assert house.client(who).get(page).status_code == 404
    assert house.client(who).post(page, sheet()).status_code == 404
    with acting(house.actor(who)) as actor, pytest.raises(Forbidden):
        actions.ask_rule(by=actor, rule=ProofRule(kind=rule.kind, replaces=rule, valid_from=SOON, source="x"))


@pytest.mark.parametrize("who", ["adviser", "interpreter", "administrator"])
def test_who_leads_nobody_confirms_and_withdraws_nothing(house: House, rule: ProofRule, who: str) -> None:
    wanted = asked(house, rule)
    for name in ("confirm_rule", "withdraw_rule"):
        assert house.client(who).post(reverse(f"staff:{name}", args=["proof", wanted.pk])).status_code == 404
    assert ProofRule.every.get(pk=wanted.pk).is_waiting


def test_one_change_of_a_rule_at_a_time_and_none_twice(house: House, rule: ProofRule) -> None:
    wanted = asked(house, rule)
    page = reverse("staff:rule", args=["proof", rule.pk])
    again = house.client("lead of all").post(page, sheet(months=3))
    assert "Another change of this rule waits" in again.text
    second = house.client("second of all")
    for _ in range(2):
        second.post(reverse("staff:confirm_rule", args=["proof", wanted.pk]))
    with acting(house.actor("second of all")) as actor, pytest.raises(ValidationError, match="decided already"):
        actions.confirm_rule(by=actor, rule=wanted)
    assert ProofRule.objects.filter(kind=rule.kind).count() == 2


def test_of_two_changes_of_one_rule_at_once_the_database_takes_one(house: House, rule: ProofRule) -> None:
    """Two who ask at the same moment do not see each other's row yet."""
    wanted = asked(house, rule)
    wanted.pk, wanted.asked_by = None, house.users["second of all"]
    with pytest.raises(IntegrityError, match="asked_once"), transaction.atomic():
        wanted.save(force_insert=True)


@pytest.mark.parametrize("who", ["second of all", "lead of all"])
def test_it_is_withdrawn_by_who_asked_or_by_the_second(house: House, rule: ProofRule, who: str) -> None:
    wanted = asked(house, rule)
    house.client(who).post(reverse("staff:withdraw_rule", args=["proof", wanted.pk]))
    assert list(ProofRule.every.all()) == [rule]
    assert AuditEntry.objects.filter(action="staff.withdraw_rule").exists()


def test_a_change_begins_after_the_rule_that_it_changes(house: House) -> None:
    rule = making.proof_kind("dated", valid_from=TODAY, valid_to=SOON).rules.get()
    page, client = reverse("staff:rule", args=["proof", rule.pk]), house.client("lead of all")
    assert "begins on that day or later" in client.post(page, sheet(valid_from=TODAY)).text
    assert "has ended by then" in client.post(page, sheet(valid_from=SOON + DAY)).text
    assert "valid_from" in client.post(page, sheet(valid_from="")).context["form"].errors
    old = making.proof_kind("old").rules.get()
    past = client.post(reverse("staff:rule", args=["proof", old.pk]), sheet(valid_from=TODAY - DAY))
    assert "This day is over" in past.text
    wanted = asked(house, rule, valid_from=TODAY + DAY)
    assert wanted.valid_to == SOON, "it ends when the one before would have ended"


def test_a_change_may_begin_on_the_last_day(house: House) -> None:
    rule = making.proof_kind("dated", valid_from=TODAY, valid_to=SOON).rules.get()
    assert asked(house, rule, valid_from=SOON).valid_to == SOON


def test_what_is_written_first_shows_what_holds_now(house: House, rule: ProofRule) -> None:
    page = house.client("lead of all").get(reverse("staff:rule", args=["proof", rule.pk]))
    assert page.context["form"].initial["months"] == 12
    assert page.context["form"].initial["valid_from"] is None


def test_the_form_of_agreements_changes_from_a_day_on_too(house: House) -> None:
    kind = making.agreement_kind(writing_after=30)
    rule = kind.rules.get()
    values = {"read": "", "writing_after": 0, "kept_as": "work_volunteer", "source": "Uchwała 4", "certainty": "house"}
    page = reverse("staff:rule", args=["agreement", rule.pk])
    house.client("lead of all").post(page, values | {"valid_from": SOON})
    wanted = AgreementRule.every.waiting().get()
    agree(house, wanted, "agreement")
    for first, may in ((TODAY, True), (SOON, False)):
        worker = making.worker(house.here, f"From {first}")
        making.agreement(worker, first, kind=kind, in_writing=False)
        with acting(house.actor("lead")) as lead:
            assert may_be_assigned(lead, worker, to_minors=False, on=first).may == may
    assert house.client("lead of all").get(reverse("staff:rule", args=["paper", rule.pk])).status_code == 404


def test_the_page_keeps_what_was_and_who_changed_it(house: House, rule: ProofRule) -> None:
    wanted = asked(house, rule)
    agree(house, wanted)
    page = house.client("lead of all").get(reverse("staff:rules")).text
    for words in ("12 months", "6 months", "Uchwała 3", "made for tests", "Maria Second"):
        assert words in page
    reader = house.client("lead").get(reverse("staff:rules")).text
    assert reverse("staff:rule", args=["proof", wanted.pk]) not in reader
    assert page.count(reverse("staff:rule", args=["proof", rule.pk])) == 1, "it still holds today"


def test_papers_of_before_are_kept_as_they_were(house: House) -> None:
    """Or two who lead would let the papers of the past go, without a word of who watches over the times to keep."""
    load_paper_kinds(), load_retention()
    kind = AgreementKind.objects.get(code="employment")
    one = making.worker(house.here, "Teodozja")
    making.agreement(one, date(2021, 1, 1), date(2021, 3, 10), kind=kind)
    rule = kind.rules.latest("pk")
    values = {"read": "", "writing_after": 0, "kept_as": "work_none", "source": "x", "certainty": "house"}
    page = reverse("staff:rule", args=["agreement", rule.pk])
    answer = house.client("lead of all").post(page, values | {"valid_from": date(2020, 1, 1)})
    assert "This day is over" in answer.text
    house.client("lead of all").post(page, values | {"valid_from": TODAY})
    house.client("second of all").post(
        reverse("staff:confirm_rule", args=["agreement", AgreementRule.every.waiting().get().pk])
    )
    assert look_over(house.here.organisation_id, TODAY) == []


def test_who_confirms_after_its_first_day_is_told_and_the_days_between_stay(house: House, rule: ProofRule) -> None:
    wanted = asked(house, rule)
    ProofRule.every.filter(pk=wanted.pk).update(valid_from=TODAY - DAY)
    with acting(house.actor("second of all")) as second, pytest.raises(ValidationError, match="This day is over"):
        actions.confirm_rule(by=second, rule=wanted)
    rule.refresh_from_db()
    assert rule.valid_to is None


@pytest.mark.parametrize("who", ["lead", "lead there"])
def test_who_leads_one_point_is_no_second_person_to_what_holds_for_all(house: House, rule: ProofRule, who: str) -> None:
    wanted = asked(house, rule)
    page = house.client(who).get(reverse("staff:rules")).text
    for name in ("confirm_rule", "withdraw_rule"):
        path = reverse(f"staff:{name}", args=["proof", wanted.pk])
        assert path not in page
        house.client(who).post(path)
    assert ProofRule.every.get(pk=wanted.pk).is_waiting


def test_a_change_holds_for_whose_it_is_alone(house: House, rule: ProofRule) -> None:
    """Two coordinators of another organisation change nothing of ours: not what shipped, not what we changed."""
    theirs = house.users["stranger"].memberships.get().organisation
    second = factories.user(theirs, "coordinator")
    making.agreement(house.hasan), making.proof(house.hasan, rule.kind, TODAY)
    wanted = ProofRule(kind=rule.kind, replaces=rule, needed="minors", months=1, source="x", valid_from=TODAY)
    with acting(house.actor("stranger")) as by:
        actions.ask_rule(by=by, rule=wanted)
    with acting(actor_of(second)) as by:
        actions.confirm_rule(by=by, rule=wanted)
    later = TODAY + timedelta(days=90)
    assert assigned(house, later)
    guest = making.worker(factories.point(theirs), "Guest")
    making.agreement(guest), making.proof(guest, rule.kind, TODAY)
    with acting(house.actor("stranger")) as by:
        assert not may_be_assigned(by, guest, to_minors=True, on=later).may
    assert "1 month" not in house.client("lead of all").get(reverse("staff:rules")).text


def test_another_organisation_neither_sees_nor_decides_what_waits(house: House, rule: ProofRule) -> None:
    wanted = asked(house, rule)
    stranger = house.client("stranger")
    assert "Changes that wait" not in stranger.get(reverse("staff:rules")).text
    for name in ("confirm_rule", "withdraw_rule"):
        assert stranger.post(reverse(f"staff:{name}", args=["proof", wanted.pk])).status_code == 404
    for action in (actions.confirm_rule, actions.withdraw_rule):
        with acting(house.actor("stranger")) as by, pytest.raises(ValidationError, match="decided already"):
            action(by=by, rule=wanted)
    agree(house, wanted)
    assert stranger.get(reverse("staff:rule", args=["proof", wanted.pk])).status_code == 404
    another = ProofRule(kind=rule.kind, replaces=wanted, needed="never", source="x", valid_from=SOON + DAY)
    with acting(house.actor("stranger")) as by, pytest.raises((Forbidden, ProofRule.DoesNotExist)):
        actions.ask_rule(by=by, rule=another)
    assert assigned_without_proof(house, SOON + DAY) is False


def assigned_without_proof(house: House, on: date) -> bool:
    making.agreement(house.hasan)
    return assigned(house, on)


def test_both_organisations_may_change_the_same_shipped_rule_at_once(house: House, rule: ProofRule) -> None:
    asked(house, rule)
    page = reverse("staff:rule", args=["proof", rule.pk])
    assert house.client("stranger").post(page, sheet(months=3)).status_code == 302
    assert ProofRule.every.waiting().filter(replaces=rule).count() == 2


def test_a_change_before_one_that_is_agreed_lasts_until_that(house: House, rule: ProofRule) -> None:
    """For the days between, without losing what was agreed."""
    for months, day in ((6, SOON), (3, TODAY + DAY)):
        wanted = asked(house, rule, months=months, valid_from=day)
        agree(house, wanted)
    ours = rules_of(ProofRule, house.here.organisation_id)
    spans = [(one.months, one.valid_from, one.valid_to) for one in ours]
    assert spans == [(12, None, TODAY), (3, TODAY + DAY, SOON - DAY), (6, SOON, None)]
