"""Agreements, trainings and checks of people who work here; the gate over them, and what of them runs out."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from przystan.access.actors import Forbidden
from przystan.access.decisions import decide
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.kernel.dates import add_months
from przystan.staff import actions, queries
from przystan.staff.enums import Result
from przystan.staff.loading import load_paper_kinds
from przystan.staff.models import Agreement, AgreementKind, CountryTie, Proof, ProofKind, ProofRule, Worker
from przystan.staff.rights import STAFF_READ
from przystan.staff.rules.gate import Verdict
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def asked(house: House, who: str = "lead", *, to_minors: bool = True, on: date = TODAY) -> queries.Assignment:
    with acting(house.actor(who)) as actor:
        return queries.may_be_assigned(actor, Worker.objects.get(pk=house.hasan.pk), to_minors=to_minors, on=on)


def test_the_gate_asks_the_rules_of_the_day(house: House) -> None:
    """A kind that is asked for only from tomorrow on, one that was asked for until yesterday, and one for all work."""
    making.agreement(house.hasan, in_writing=True)
    making.proof_kind("old", valid_to=TODAY - DAY)
    making.proof_kind("new", valid_from=TODAY + DAY)
    making.proof_kind("all", needed="always")
    making.proof_kind("nice", needed="never")
    assert asked(house).reasons == ("all: missing.",)
    assert asked(house, to_minors=False).reasons == ("all: missing.",)
    assert {one.kind for one in asked(house, on=TODAY + DAY).decision.reasons} == {"new", "all"}
    assert {one.kind for one in asked(house, on=TODAY - DAY).decision.reasons} == {"old", "all"}


def test_a_refusal_names_what_is_missing_and_until_when_it_held(house: House) -> None:
    making.agreement(house.hasan, valid_to=TODAY)
    making.proof(house.hasan, making.proof_kind(months=12), add_months(TODAY, -12) - DAY)
    found = asked(house)
    assert not found.may
    assert found.reasons == (f"register: held until {(TODAY - DAY).day} {TODAY - DAY:%B} {(TODAY - DAY).year}.",)
    with (
        acting(house.actor("adviser")) as actor,
        pytest.raises(ValidationError, match="Hasan Rahimi cannot be given this"),
    ):
        queries.require_assignable(actor, house.hasan, to_minors=True, on=TODAY)
    making.proof(house.hasan, making.proof_kind(), TODAY)
    assert (asked(house).may, asked(house).decision.until) == (True, TODAY)
    with acting(house.actor("adviser")) as actor:
        queries.require_assignable(actor, house.hasan, to_minors=True, on=TODAY)


@pytest.mark.parametrize("who", ["adviser", "adviser there", "other interpreter", "lead there", "administrator"])
def test_others_read_the_same_of_a_finding_as_of_a_check_that_is_missing(house: House, who: str) -> None:
    making.agreement(house.hasan)
    kind = making.proof_kind()
    missing = asked(house, who)
    making.proof(house.hasan, kind, TODAY, result="asked")
    waiting = asked(house, who)
    making.proof(house.hasan, kind, TODAY, result="found")
    assert asked(house, who).decision == missing.decision == waiting.decision
    assert asked(house, who).reasons == missing.reasons == ("register: missing.",)
    assert asked(house, "lead").reasons == asked(house, "interpreter").reasons
    assert asked(house, "lead").reasons == ("register: it stands in the way of this work.",)


@pytest.mark.parametrize("who", ["adviser", "other interpreter", "lead there", "administrator"])
def test_a_finding_changes_nothing_of_what_others_read_of_a_check_that_ran_out(house: House, who: str) -> None:
    making.agreement(house.hasan)
    kind = making.proof_kind(months=12)
    making.proof(house.hasan, kind, add_months(TODAY, -12) - DAY)
    ran_out = asked(house, who)
    making.proof(house.hasan, kind, TODAY, result="found")
    assert asked(house, who).decision == ran_out.decision
    assert asked(house, who).reasons == ran_out.reasons == ("register: missing.",)


@pytest.mark.parametrize("who", ["adviser", "other interpreter", "lead there", "administrator"])
def test_others_read_no_day_until_when_somebody_may(house: House, who: str) -> None:
    """Else "missing" before that day tells of a finding."""
    making.agreement(house.hasan)
    making.proof(house.hasan, making.proof_kind(months=12), TODAY)
    others, lead = asked(house, who), asked(house)
    assert (others.may, others.decision.until, others.reasons) == (True, None, ())
    assert lead.decision.until == asked(house, "interpreter").decision.until == add_months(TODAY, 12)


def test_others_read_no_country(house: House) -> None:
    making.agreement(house.hasan)
    making.country(house.hasan, "SY"), making.country(house.hasan, "TR", "lived")
    Worker.objects.update(told_on=TODAY)
    making.proof_kind("of_citizenship", per="citizenship", may_be_declared=True)
    making.proof_kind("of_residence", per="lived", years=20, may_be_declared=True)
    assert asked(house, "adviser").reasons == ("of_citizenship: missing.", "of_residence: missing.")
    assert asked(house, "lead").reasons == ("of_citizenship (Syria): missing.", "of_residence (Türkiye): missing.")


def test_the_year_until_which_somebody_lived_abroad_counts_whole(house: House) -> None:
    making.agreement(house.hasan)
    making.country(house.hasan, "PL"), making.country(house.hasan, "DE", "lived", last_year=TODAY.year - 20)
    making.proof_kind("of_residence", per="lived", years=20, besides="PL")
    Worker.objects.update(told_on=TODAY)
    assert [one.country for one in asked(house).decision.reasons] == ["DE"]
    CountryTie.objects.filter(country="DE").update(last_year=TODAY.year - 21)
    assert asked(house).may


def test_strangers_ask_nothing(house: House) -> None:
    with acting(house.actor("stranger")) as actor, pytest.raises(Forbidden):
        queries.may_be_assigned(actor, house.hasan, to_minors=False, on=TODAY)


def test_asking_for_many_takes_as_many_statements_as_for_one(house: House) -> None:
    making.proof_kind()
    for number in range(3):
        making.agreement(making.worker(house.here, f"Worker {number}"))
    counts = []
    for number in (1, 3):
        with acting(house.actor("lead")) as actor:
            workers = list(Worker.objects.seen_by(actor).order_by("id")[:number])
            with CaptureQueriesContext(
                connection,
            ) as seen:
                queries.assignments(actor, workers, to_minors=True, on=TODAY)
            counts.append(len(seen))
    assert counts == [8, 8]


def test_an_agreement_ends_and_stays(house: House) -> None:
    kind = making.agreement_kind()
    with acting(house.actor("lead")) as actor:
        made = actions.add_agreement(
            by=actor, worker=house.hasan, kind=kind, valid_from=TODAY - 9 * DAY, in_writing=True
        )
        actions.end_agreement(by=actor, agreement=made, on=TODAY - DAY)
        with pytest.raises(ValidationError, match="ends before that day"):
            actions.end_agreement(by=actor, agreement=made, on=TODAY)
        with pytest.raises(ValidationError, match="first day"):
            actions.end_agreement(by=actor, agreement=made, on=TODAY - 10 * DAY)
    assert Agreement.objects.get().valid_to == TODAY - DAY
    assert asked(house).reasons[0].startswith("The last agreement ended on ")
    told = AuditEntry.objects.filter(object_ref=made.ref).order_by("seq").values_list("action", flat=True)
    assert list(told) == ["staff.agree", "staff.end_agreement"]


def test_what_was_a_mistake_is_struck_out_and_counts_for_nothing(house: House) -> None:
    agreement, proof = making.agreement(house.hasan), making.proof(house.hasan)
    assert asked(house).may
    with acting(house.actor("lead")) as actor:
        actions.strike_proof(by=actor, proof=proof)
        assert [
            one.why for one in queries.may_be_assigned(actor, house.hasan, to_minors=True, on=TODAY).decision.reasons
        ] == ["missing"]
        actions.strike_agreement(by=actor, agreement=agreement)
        for action, paper in (
            (actions.strike_proof, {"proof": proof}),
            (actions.strike_agreement, {"agreement": agreement}),
        ):
            with pytest.raises(Forbidden):
                action(by=actor, **paper)  # type: ignore[operator]
    assert Proof.objects.get().struck_by == Agreement.objects.get().struck_by == house.users["lead"]
    assert asked(house, to_minors=False).reasons == ("There is no agreement.",)
    assert AuditEntry.objects.filter(action="staff.strike").count() == 2


@pytest.mark.parametrize("who", ["interpreter", "adviser", "lead there", "administrator", "stranger"])
def test_only_who_leads_writes_papers_down(house: House, who: str) -> None:
    """Nobody writes down what lets themselves work: neither the worker, nor a lead about herself."""
    agreement, proof, kind = making.agreement(house.hasan), making.proof(house.hasan), making.proof_kind()
    of_lead = making.worker(house.here, "Julia", user=house.users["lead"])
    writers = [("lead", of_lead)] if who == "adviser" else [(who, house.hasan)]
    for writer, worker in [*writers, (who, house.hasan)]:
        with acting(house.actor(writer)) as actor:
            with pytest.raises(Forbidden):
                actions.add_proof(by=actor, worker=worker, kind=kind, day=TODAY)
            with pytest.raises(Forbidden):
                actions.add_agreement(by=actor, worker=worker, kind=agreement.kind, valid_from=TODAY)
    with acting(house.actor(who)) as actor:
        for work in (
            lambda: actions.end_agreement(by=actor, agreement=agreement, on=TODAY),
            lambda: actions.strike_agreement(by=actor, agreement=agreement),
            lambda: actions.strike_proof(by=actor, proof=proof),
            lambda: actions.save_languages(by=actor, worker=house.hasan, rows=[]),
            lambda: actions.save_countries(by=actor, worker=house.hasan, rows=[], told_on=TODAY),
            lambda: actions.save_availability(by=actor, worker=house.hasan, rows=[]),
            lambda: actions.join_account(by=actor, worker=house.hasan, user=None),
            lambda: actions.save_worker(by=actor, worker=house.hasan, changed=[]),
        ):
            with pytest.raises(Forbidden):
                work()


@pytest.mark.parametrize(
    ("kind", "values", "field", "words"),
    [
        ({"per": "citizenship"}, {}, "country", "Choose the country"),
        ({}, {"country": "SY"}, "country", "of no country"),
        ({}, {"result": Result.DECLARED}, "result", "a declaration is not enough"),
        ({"family": "training"}, {"result": Result.FOUND}, "result", "was attended"),
        ({}, {"day": TODAY + DAY}, "day", "not come yet"),
        ({}, {"ends": TODAY - DAY}, "__all__", "first day"),
    ],
)
def test_a_proof_that_makes_no_sense_is_refused(
    house: House, kind: dict[str, str], values: dict[str, object], field: str, words: str
) -> None:
    given = {"kind": making.proof_kind(**kind), "day": TODAY, **values}
    with acting(house.actor("lead")) as actor, pytest.raises(ValidationError) as refused:
        actions.add_proof(by=actor, worker=house.hasan, **given)  # type: ignore[arg-type]
    assert words in refused.value.message_dict[field][0]


def test_a_declaration_and_a_training_to_come_are_taken(house: House) -> None:
    declared = making.proof_kind("of_citizenship", per="citizenship", may_be_declared=True)
    training = making.proof_kind("training", family="training", needed="never")
    with acting(house.actor("lead")) as actor:
        actions.add_proof(by=actor, worker=house.hasan, kind=declared, day=TODAY, country="SY", result=Result.DECLARED)
        actions.add_proof(by=actor, worker=house.hasan, kind=training, day=TODAY + DAY)
    assert AuditEntry.objects.filter(action="staff.prove").count() == 2


def test_an_account_is_joined_by_somebody_else_and_once(house: House) -> None:
    worker = making.worker(house.here, "Julia")
    with acting(house.actor("lead")) as actor:
        with pytest.raises(ValidationError, match="Somebody else must say"):
            actions.join_account(by=actor, worker=worker, user=house.users["lead"])
        with pytest.raises(ValidationError, match="belongs to somebody else"):
            actions.join_account(by=actor, worker=worker, user=house.users["interpreter"])
        with pytest.raises(Forbidden):
            actions.join_account(by=actor, worker=worker, user=house.users["stranger"])
    with acting(house.actor("lead of all")) as actor:
        actions.join_account(by=actor, worker=worker, user=house.users["lead"])
    assert Worker.objects.get(pk=worker.pk).user == house.users["lead"]
    assert AuditEntry.objects.get(action="staff.join_account").object_ref == worker.ref


@pytest.mark.parametrize("save", ["countries", "worker"])
def test_an_account_taken_away_stays_away_when_something_else_is_saved(house: House, save: str) -> None:
    """Two at once: who saves second has read the row before."""
    stale = Worker.objects.get(pk=house.hasan.pk)
    with acting(house.actor("lead")) as actor:
        actions.join_account(by=actor, worker=house.hasan, user=None)
        if save == "countries":
            actions.save_countries(by=actor, worker=stale, rows=[], told_on=TODAY)
        else:
            stale.phone = "600100200"
            actions.save_worker(by=actor, worker=stale, changed=["phone"])
    now = Worker.objects.get(pk=house.hasan.pk)
    assert now.user is None
    assert (now.told_on, now.phone) == ((TODAY, "") if save == "countries" else (None, "600100200"))


def test_joining_an_account_writes_nothing_else_and_asks_who_leads_now(house: House) -> None:
    stale = Worker.objects.get(pk=house.hasan.pk)
    Worker.objects.filter(pk=stale.pk).update(name="Hasan Renamed", told_on=TODAY)
    with acting(house.actor("lead")) as actor:
        actions.join_account(by=actor, worker=stale, user=house.users["volunteer"])
    now = Worker.objects.get(pk=stale.pk)
    assert (now.name, now.told_on, now.user) == ("Hasan Renamed", TODAY, house.users["volunteer"])
    Worker.objects.filter(pk=stale.pk).update(point=house.there)
    with acting(house.actor("lead")) as actor, pytest.raises(Forbidden):
        actions.join_account(by=actor, worker=stale, user=None)


def test_nobody_is_moved_to_or_from_where_one_does_not_lead(house: House) -> None:
    with acting(house.actor("lead")) as actor:
        for point in (house.there, None):
            moved = Worker.objects.get(pk=house.hasan.pk)
            moved.point = point
            with pytest.raises(Forbidden):
                actions.save_worker(by=actor, worker=moved, changed=["point"])
    fetched = making.worker(house.there)
    fetched.point = house.here
    with acting(house.actor("lead")) as actor, pytest.raises(Forbidden):
        actions.save_worker(by=actor, worker=fetched, changed=["point"])


def test_what_runs_out_in_sixty_days_and_what_is_missing(house: House) -> None:
    yearly = making.proof_kind(months=12)
    making.agreement(house.hasan, valid_to=TODAY + 60 * DAY)
    making.proof(house.hasan, yearly, add_months(TODAY, -12) - DAY)
    quiet = making.worker(house.here, "Quiet")
    making.agreement(quiet, valid_to=TODAY + 61 * DAY), making.proof(quiet, yearly, TODAY)
    gone = making.worker(house.here, "Gone", with_minors=True)
    making.agreement(gone, valid_to=TODAY - DAY)
    children = making.worker(house.here, "Ada", with_minors=True)
    making.agreement(children, in_writing=True)
    making.agreement(making.worker(house.there, "There", with_minors=True))
    with acting(house.actor("lead")) as actor:
        rows = queries.due(actor, TODAY)
    assert [(row.worker.name, [(line.words, line.day) for line in row.lines]) for row in rows] == [
        ("Ada", [("register: missing.", None)]),
        ("Hasan Rahimi", [("register", TODAY - DAY), ("agreement", TODAY + 60 * DAY)]),
    ]
    with acting(house.actor("adviser")) as actor, pytest.raises(Forbidden):
        queries.due(actor, TODAY)


@pytest.mark.parametrize(
    ("who", "knows", "reads"),
    [
        ("interpreter", 1, 1),
        ("lead", 1, 1),
        ("lead of all", 1, 1),
        ("adviser", 1, 0),
        ("lead there", 1, 0),
        ("stranger", 0, 0),
    ],
)
def test_the_database_keeps_papers_to_the_worker_and_who_leads(house: House, who: str, knows: int, reads: int) -> None:
    making.agreement(house.hasan), making.proof(house.hasan), making.country(house.hasan)
    with acting(house.actor(who)) as actor:
        assert Worker.objects.filter(pk=house.hasan.pk).count() == knows
        for model in (Agreement, Proof, CountryTie):
            assert model.objects.count() == reads  # type: ignore[attr-defined]
        assert Agreement.objects.seen_by(actor).count() == Proof.objects.seen_by(actor).count() == reads


def test_lists_and_decisions_agree(house: House) -> None:
    everywhere = making.worker(name="Everywhere", organisation=house.here.organisation)
    papers = [making.agreement(house.hasan), making.agreement(everywhere), making.proof(house.hasan)]
    for who in ("lead", "lead there", "lead of all", "stranger"):
        actor = house.actor(who)
        with acting(actor):
            for worker in (house.hasan, everywhere):
                seen = Worker.objects.seen_by(actor).filter(pk=worker.pk).exists()
                assert decide(actor, STAFF_READ, worker).allowed == seen, who
            for paper in papers:
                seen = type(paper).objects.seen_by(actor).filter(pk=paper.pk).exists()
                assert decide(actor, STAFF_READ, paper).allowed == seen, who


def test_shipped_kinds_have_rules_with_a_source_and_stay_as_the_centre_has_them() -> None:
    load_paper_kinds()
    assert {kind.code for kind in AgreementKind.objects.all()} == {
        "employment",
        "civil_contract",
        "volunteer",
        "secondment",
    }
    assert all(kind.rules.exists() and set(kind.names) == {"pl", "en", "uk", "ru"} for kind in ProofKind.objects.all())
    ProofRule.objects.filter(kind__code="offenders_register").update(months=6)
    before = ProofRule.objects.count()
    load_paper_kinds()
    assert ProofRule.objects.count() == before
    assert ProofRule.objects.get(kind__code="offenders_register").months == 6


def test_the_shipped_rules_let_nobody_near_children_without_checks(house: House) -> None:
    load_paper_kinds()
    making.agreement(house.hasan, kind=AgreementKind.objects.get(code="volunteer"), valid_from=TODAY, in_writing=False)
    making.country(house.hasan, "SY")
    Worker.objects.update(told_on=TODAY)
    missing = {(one.kind, one.country) for one in asked(house).decision.reasons}
    assert missing == {
        ("offenders_register", ""),
        ("commission_register", ""),
        ("criminal_record", ""),
        ("record_of_citizenship", "SY"),
        ("protection_standards", ""),
    }
    assert asked(house, to_minors=False).decision.verdict is Verdict.MAY
    assert asked(house, to_minors=False, on=TODAY + 29 * DAY).may
    assert not asked(house, to_minors=False, on=TODAY + 30 * DAY).may
