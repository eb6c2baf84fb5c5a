"""May somebody be given this work: by examples, and by what must hold for every case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.staff.rules.gate import Abroad, Case, Contract, Need, Proof, Reason, Verdict, Why, decide

TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)
REGISTER = Need("register", months=12)
RECORD = Need("record")
CITIZEN = Need("of_citizenship", "citizenship", besides="PL", declarable=True)
LIVED = Need("of_residence", "lived", years=20, besides="PL", declarable=True)
NEEDS = (REGISTER, RECORD, CITIZEN, LIVED)
RUNS = Contract(date(2026, 1, 1), None)
POLISH = Abroad(date(2026, 1, 5), frozenset({"PL"}))
CLEAN = (Proof("register", date(2026, 2, 1)), Proof("record", date(2026, 2, 1)))


def case(**values: object) -> Case:
    return replace(Case((RUNS,), NEEDS, CLEAN, POLISH), **values)


def why(found: Case, on: date = TODAY) -> list[Reason]:
    return list(decide(found, on).reasons)


def test_with_everything_there_they_may_until_the_first_of_it_runs_out() -> None:
    found = decide(case(), TODAY)
    assert (found.verdict, found.reasons, found.until) == (Verdict.MAY, (), date(2027, 2, 1))
    assert [(one.kind, one.until) for one in found.holds] == [("register", date(2027, 2, 1)), ("record", None)]
    assert decide(case(), date(2027, 2, 1)).may, "the last day counts"


def test_a_check_that_ran_out_yesterday_is_named_with_its_last_day() -> None:
    yesterday = TODAY - DAY
    old = (Proof("register", date(2025, 11, 29)), CLEAN[1])
    assert why(case(proofs=old)) == [Reason(Why.RAN_OUT, "register", day=yesterday)]
    assert decide(case(proofs=old), yesterday).may


def test_what_the_paper_says_counts_where_it_is_sooner_than_the_rule() -> None:
    short = (Proof("register", date(2026, 2, 1), ends=date(2026, 6, 1)), CLEAN[1])
    assert why(case(proofs=short)) == [Reason(Why.RAN_OUT, "register", day=date(2026, 6, 1))]
    long = (Proof("register", date(2025, 2, 1), ends=date(2030, 1, 1)), CLEAN[1])
    assert why(case(proofs=long)) == [Reason(Why.RAN_OUT, "register", day=date(2026, 2, 1))]


def test_without_any_check_it_is_missing_and_nobody_may() -> None:
    found = decide(case(proofs=()), TODAY)
    assert found.verdict is Verdict.MAY_NOT
    assert found.reasons == (Reason(Why.MISSING, "register"), Reason(Why.MISSING, "record"))
    assert found.until is None


def test_work_without_needs_asks_for_an_agreement_only() -> None:
    assert decide(case(needs=(), proofs=(), abroad=Abroad()), TODAY) == replace(
        decide(case(needs=(), proofs=()), TODAY), until=None
    )


@pytest.mark.parametrize(
    ("contracts", "reason"),
    [
        ((), Reason(Why.NO_AGREEMENT)),
        ((Contract(date(2026, 1, 1), TODAY - DAY),), Reason(Why.ENDED, day=TODAY - DAY)),
        ((Contract(TODAY + DAY, None),), Reason(Why.NOT_BEGUN, day=TODAY + DAY)),
        (
            (Contract(date(2026, 1, 1), date(2026, 3, 1)), Contract(TODAY + DAY, None)),
            Reason(Why.NOT_BEGUN, day=TODAY + DAY),
        ),
        ((Contract(TODAY - 30 * DAY, None, False, 30),), Reason(Why.UNWRITTEN, day=TODAY - DAY)),
        ((Contract(TODAY, None, False, 0),), Reason(Why.UNWRITTEN, day=TODAY - DAY)),
    ],
)
def test_an_agreement_that_does_not_hold(contracts: tuple[Contract, ...], reason: Reason) -> None:
    assert why(case(contracts=contracts)) == [reason]


def test_thirty_days_of_helping_need_no_writing() -> None:
    spoken = Contract(TODAY - 29 * DAY, None, False, 30)
    found = decide(case(contracts=(spoken,)), TODAY)
    assert (found.may, found.until) == (True, TODAY)
    assert decide(case(contracts=(replace(spoken, written=True),)), TODAY + DAY).may
    assert decide(case(contracts=(replace(spoken, writing=None),)), TODAY + DAY).may, "a kind that needs no writing"


def test_the_longer_of_two_agreements_decides() -> None:
    both = (Contract(date(2026, 1, 1), date(2026, 12, 31)), Contract(date(2026, 6, 1), date(2027, 1, 31)))
    assert decide(case(contracts=both), TODAY).until == date(2027, 1, 31)
    assert decide(case(contracts=both[:1]), TODAY).until == date(2026, 12, 31)


def test_whose_countries_nobody_asked_is_not_known() -> None:
    unasked = decide(case(abroad=Abroad()), TODAY)
    assert (unasked.verdict, unasked.reasons) == (Verdict.NOT_KNOWN, (Reason(Why.COUNTRIES),))
    later = decide(case(abroad=replace(POLISH, told_on=TODAY + DAY)), TODAY)
    assert (later.verdict, later.reasons) == (Verdict.NOT_KNOWN, (Reason(Why.COUNTRIES, day=TODAY + DAY),))
    both = decide(case(abroad=Abroad(), proofs=()), TODAY)
    assert both.verdict is Verdict.MAY_NOT, "what is missing for sure is stronger"


def test_citizens_of_other_countries_bring_one_from_each() -> None:
    abroad = Abroad(date(2026, 1, 5), frozenset({"SY", "PL", "TR"}))
    assert why(case(abroad=abroad)) == [
        Reason(Why.MISSING, "of_citizenship", "SY"),
        Reason(Why.MISSING, "of_citizenship", "TR"),
    ]
    brought = (*CLEAN, Proof("of_citizenship", TODAY, "SY", "declared"), Proof("of_citizenship", TODAY, "TR"))
    assert decide(case(abroad=abroad, proofs=brought), TODAY).may


@pytest.mark.parametrize(
    ("lived", "missing"),
    [
        ((("DE", None),), ["DE"]),
        ((("DE", date(2006, 11, 30)),), ["DE"]),
        ((("DE", date(2006, 11, 29)),), []),
        ((("PL", None),), []),
        ((("UA", None),), []),  # of their citizenship a certificate is asked anyway
        ((("DE", None), ("FR", date(2020, 12, 31))), ["DE", "FR"]),
    ],
)
def test_of_twenty_years_abroad_each_country_counts_once(
    lived: tuple[tuple[str, date | None], ...], missing: list[str]
) -> None:
    abroad = Abroad(date(2026, 1, 5), frozenset({"UA"}), lived)
    proofs = (*CLEAN, Proof("of_citizenship", TODAY, "UA"))
    assert [one.country for one in why(case(abroad=abroad, proofs=proofs))] == missing


def test_a_declaration_stands_only_where_the_rules_take_one() -> None:
    declared = (Proof("register", TODAY, result="declared"), CLEAN[1])
    assert why(case(proofs=declared)) == [Reason(Why.MISSING, "register")]


def test_what_was_asked_for_waits_and_leaves_the_older_answer_standing() -> None:
    asked = Proof("register", date(2026, 11, 20), result="asked")
    assert why(case(proofs=(asked, CLEAN[1]))) == [Reason(Why.WAITING, "register", day=date(2026, 11, 20))]
    assert decide(case(proofs=(asked, CLEAN[1])), TODAY).verdict is Verdict.NOT_KNOWN
    assert decide(case(proofs=(asked, *CLEAN)), TODAY).may
    old = Proof("register", date(2025, 1, 1))
    assert why(case(proofs=(old, asked, CLEAN[1]))) == [Reason(Why.WAITING, "register", day=date(2026, 11, 20))]
    before = replace(asked, day=date(2024, 12, 1))
    assert why(case(proofs=(before, old, CLEAN[1]))) == [Reason(Why.RAN_OUT, "register", day=date(2026, 1, 1))]


def test_a_finding_is_stronger_than_older_answers_and_of_the_same_day() -> None:
    found = Proof("register", date(2026, 2, 1), result="found")
    assert why(case(proofs=(found, *CLEAN))) == [Reason(Why.FOUND, "register", day=date(2026, 2, 1))]
    assert decide(case(proofs=(replace(found, day=date(2025, 1, 1)), *CLEAN)), TODAY).may, "answered anew since"
    assert decide(case(proofs=(replace(found, day=TODAY + DAY), *CLEAN)), TODAY).may, "not on that day yet"


def test_what_holds_only_later_is_said_with_its_day() -> None:
    later = (Proof("register", TODAY + DAY), CLEAN[1])
    assert why(case(proofs=later)) == [Reason(Why.LATER, "register", day=TODAY + DAY)]
    assert decide(case(proofs=later), TODAY + DAY).may


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
countries = st.sampled_from(["PL", "UA", "SY", "DE"])
proofs = st.builds(
    Proof,
    kind=st.sampled_from([need.kind for need in NEEDS]),
    day=days,
    country=st.one_of(st.just(""), countries),
    result=st.sampled_from(["clear", "declared", "asked", "found"]),
    ends=st.none() | days,
)
contracts = st.builds(
    lambda first, length, written, writing: Contract(
        first, None if length is None else first + length * DAY, written, writing
    ),
    days,
    st.none() | st.integers(0, 900),
    st.booleans(),
    st.sampled_from([None, 0, 30]),
)
abroads = st.builds(
    Abroad,
    st.none() | days,
    st.frozensets(countries, max_size=2),
    st.lists(st.tuples(countries, st.none() | days), max_size=2).map(tuple),
)
every_case = st.builds(
    Case,
    st.lists(contracts, max_size=3).map(tuple),
    st.lists(st.sampled_from(NEEDS), unique=True, max_size=4).map(tuple),
    st.lists(proofs, max_size=6).map(tuple),
    abroads,
)


@given(every_case, days)
def test_a_yes_has_no_reason_against_it_and_every_other_answer_has_one(found: Case, on: date) -> None:
    decision = decide(found, on)
    assert decision.may == (not decision.reasons)
    assert (decision.verdict is Verdict.NOT_KNOWN) == (
        bool(decision.reasons) and all(one.why in (Why.WAITING, Why.COUNTRIES) for one in decision.reasons)
    )


@given(every_case, days)
def test_a_yes_stands_until_its_last_day(found: Case, on: date) -> None:
    decision = decide(found, on)
    if decision.may and decision.until:
        quiet = replace(found, proofs=tuple(one for one in found.proofs if one.day <= on))
        assert decision.until >= on
        assert decide(quiet, decision.until).may


@given(every_case, days)
def test_without_an_agreement_nobody_may(found: Case, on: date) -> None:
    assert decide(replace(found, contracts=()), on).verdict is Verdict.MAY_NOT


@given(every_case, days, st.sampled_from(NEEDS))
def test_asking_for_more_never_turns_a_no_into_a_yes(found: Case, on: date, more: Need) -> None:
    if decide(replace(found, needs=(*found.needs, more)), on).may:
        assert decide(found, on).may


@given(every_case, days)
def test_what_is_struck_out_or_answered_clear_never_harms(found: Case, on: date) -> None:
    """One more clear answer of that very day, for everything that is asked: only the agreement may speak against it."""
    told = replace(found.abroad, told_on=on)
    clear = tuple(Proof(need.kind, on, country) for need in found.needs for country in ("", "PL", "UA", "SY", "DE"))
    kept = tuple(one for one in found.proofs if not (one.result == "found" and one.day == on))
    reasons = decide(replace(found, proofs=(*kept, *clear), abroad=told), on).reasons
    assert {one.why for one in reasons} <= {Why.NO_AGREEMENT, Why.ENDED, Why.NOT_BEGUN, Why.UNWRITTEN}
