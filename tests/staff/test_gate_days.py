"""The gate held against a list of days made by hand, and what must hold whatever is written down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.kernel.dates import add_months
from przystan.staff.rules.endings import Ending, endings, works_on_or_after
from przystan.staff.rules.gate import (
    Abroad,
    Case,
    Contract,
    Need,
    Proof,
    Reason,
    Verdict,
    Why,
    decide,
    verdict_of,
)
from tests.staff.test_gate import NEEDS, every_case

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
CHECK = Need("register", months=3)
days = st.dates(FIRST, LAST)
answers = st.lists(
    st.builds(
        Proof,
        kind=st.just("register"),
        day=days,
        result=st.sampled_from(["clear", "clear", "found", "asked", "declared"]),
        ends=st.none() | st.dates(FIRST, date(2027, 6, 1)),
    ),
    max_size=5,
)
RUNS = (Contract(FIRST, None),)


def on_paper(proofs: list[Proof], on: date) -> bool:
    """A sheet with a line for each day: a clear answer fills the days that it is good for, a finding rubs all out."""
    good: set[date] = set()
    for one in sorted(proofs, key=lambda one: (one.day, one.result == "found")):
        if one.day > on:
            break
        if one.result == "found":
            good.clear()
        elif one.result == "clear":
            last = min(add_months(one.day, 3), one.ends or date.max)
            good |= {one.day + step * DAY for step in range((last - one.day).days + 1)}
    return on in good


@given(answers, days)
def test_a_check_is_good_on_the_days_that_a_sheet_of_paper_says(proofs: list[Proof], on: date) -> None:
    found = decide(Case(RUNS, (CHECK,), tuple(proofs)), on)
    assert found.may == on_paper(proofs, on)


def test_what_a_finding_overtook_does_not_come_back() -> None:
    """A clear answer without an end, a finding, and a clear one that has run out since: nothing is good any more."""
    need = Need("record")
    proofs = (
        Proof("record", date(2024, 1, 1)),
        Proof("record", date(2025, 1, 1), result="found"),
        Proof("record", date(2026, 1, 1), ends=date(2026, 2, 1)),
    )
    case = Case(RUNS, (need,), proofs)
    assert decide(case, date(2026, 2, 1)).may
    assert decide(case, date(2026, 2, 2)).reasons == (Reason(Why.RAN_OUT, "record", day=date(2026, 2, 1)),)


@given(every_case, days, st.randoms(use_true_random=False))
def test_in_which_order_things_were_written_down_changes_nothing(found: Case, on: date, rng: st.DrawFn) -> None:
    proofs, contracts = list(found.proofs), list(found.contracts)
    rng.shuffle(proofs), rng.shuffle(contracts)  # type: ignore[attr-defined]
    assert decide(replace(found, proofs=tuple(proofs), contracts=tuple(contracts)), on) == decide(found, on)


@given(every_case, days)
def test_the_day_after_the_last_is_none_any_more(found: Case, on: date) -> None:
    """`until` is no day too early: unless something is written down that begins only later."""
    decision = decide(found, on)
    quiet = replace(
        found,
        proofs=tuple(one for one in found.proofs if one.day <= on),
        contracts=tuple(one for one in found.contracts if one.first and one.first <= on),
        abroad=Abroad(found.abroad.told_on, found.abroad.citizen),
    )
    before = decide(quiet, on)
    if decision.may and before.may and before.until:
        assert not decide(quiet, before.until + DAY).may


@given(every_case, days)
def test_a_no_without_a_finding_is_mended_by_papers(found: Case, on: date) -> None:
    """No reason of the gate is one that nothing could ever mend."""
    told = replace(found.abroad, told_on=on)
    countries = {"", *told.citizen, *(country for country, _last in told.lived)}
    tomorrow = on + DAY
    fresh = tuple(Proof(need.kind, tomorrow, country) for need in found.needs for country in countries)
    mended = replace(found, proofs=found.proofs + fresh, contracts=(Contract(on, None),), abroad=told)
    later = {one.day for one in found.proofs if one.result == "found" and one.day >= tomorrow}
    assert decide(mended, tomorrow).may or tomorrow in later


@given(st.lists(st.sampled_from([Reason(why) for why in Why])))
def test_no_is_stronger_than_not_known(reasons: list[Reason]) -> None:
    unsure = {Why.WAITING, Why.COUNTRIES}
    told = verdict_of(reasons)
    if not reasons:
        assert told is Verdict.MAY
    elif {one.why for one in reasons} <= unsure:
        assert told is Verdict.NOT_KNOWN
    else:
        assert told is Verdict.MAY_NOT


# What runs out


def ends(case: Case, today: date = FIRST, within: int = 60) -> list[Ending]:
    return list(endings(case, today, today + within * DAY))


def test_what_is_only_asked_for_does_not_hide_that_the_old_one_runs_out() -> None:
    old, asked = Proof("register", FIRST - 80 * DAY), Proof("register", FIRST - DAY, result="asked")
    case = Case(RUNS, (CHECK,), (old, asked))
    last = add_months(old.day, 3)
    assert ends(case) == [Ending("register", "", last)]
    assert ends(replace(case, proofs=(old, replace(asked, result="clear")))) == []


@pytest.mark.parametrize("result", ["found", "declared"])
def test_nor_does_what_is_no_answer(result: str) -> None:
    """A finding is told by itself; a declaration is none where the rules ask for a certificate."""
    old = Proof("register", FIRST - 80 * DAY)
    case = Case(RUNS, (CHECK,), (old, Proof("register", FIRST - DAY, result=result)))
    told = ends(case)
    assert told == ([] if result == "found" else [Ending("register", "", add_months(old.day, 3))])


@pytest.mark.parametrize(
    ("contracts", "last"),
    [
        ((Contract(FIRST, FIRST + 60 * DAY),), FIRST + 60 * DAY),
        ((Contract(FIRST, FIRST + 61 * DAY),), None),
        ((Contract(FIRST, FIRST + 5 * DAY), Contract(FIRST, FIRST + 9 * DAY)), FIRST + 9 * DAY),
        ((Contract(FIRST, FIRST + 5 * DAY), Contract(FIRST + 6 * DAY, None)), None),
        ((Contract(FIRST - 9 * DAY, FIRST - DAY),), None),
        ((Contract(FIRST, None, False, 30),), FIRST + 29 * DAY),
        ((Contract(FIRST, FIRST + 9 * DAY, False, 30),), FIRST + 9 * DAY),
        ((Contract(FIRST, None),), None),
    ],
)
def test_when_the_work_itself_ends(contracts: tuple[Contract, ...], last: date | None) -> None:
    assert ends(Case(contracts)) == ([Ending("", "", last)] if last else [])


@pytest.mark.parametrize(
    ("last", "works"), [(None, True), (FIRST, True), (FIRST - DAY, False), (FIRST + 400 * DAY, True)]
)
def test_who_works_here_or_will(last: date | None, works: bool) -> None:
    assert works_on_or_after(Case((Contract(FIRST - 90 * DAY, last),)), FIRST) is works
    assert not works_on_or_after(Case(), FIRST)


def told_days(case: Case) -> Iterator[date]:
    """Every day of the year on which a yes turns into something else on the morrow."""
    for step in range((LAST - FIRST).days):
        on = FIRST + step * DAY
        if decide(case, on).may and not decide(case, on + DAY).may:
            yield on


clean = st.lists(
    st.builds(Proof, kind=st.just("register"), day=days, ends=st.none() | st.dates(FIRST, LAST)), min_size=1, max_size=3
)


@given(clean)
def test_before_somebody_may_no_more_it_was_told_that_something_ends(proofs: list[Proof]) -> None:
    """Whoever reads the list each month is never surprised."""
    case = Case(RUNS, (CHECK,), tuple(proofs))
    for on in told_days(case):
        told = ends(replace(case, proofs=tuple(one for one in proofs if one.day <= on)), on, 0)
        assert told == [Ending("register", "", on)]


@given(every_case, days)
def test_of_what_needs_no_end_none_is_told(found: Case, on: date) -> None:
    lasting = tuple(replace(one, ends=None) for one in found.proofs if one.result == "clear")
    case = replace(found, proofs=lasting, needs=tuple(replace(one, months=None) for one in NEEDS), contracts=RUNS)
    assert list(endings(case, on, date.max)) == []
