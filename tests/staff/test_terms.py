"""Until when papers of who worked here are kept: what must hold for every set of agreements and rules."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.access.subjects import Over
from przystan.kernel.dates import add_months
from przystan.privacy.enums import CountedFrom
from przystan.privacy.loading import shipped_rules
from przystan.privacy.models import RetentionRule
from przystan.privacy.queries.due import times_of
from przystan.staff.enums import KeptAs

CODES = [one.value for one in KeptAs]
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
counted = st.lists(st.tuples(st.sampled_from(CODES), days), min_size=1, max_size=5).map(tuple)
rules = st.lists(
    st.builds(
        lambda holding, counted_from, months: RetentionRule(
            holding=holding, counted_from=counted_from, years=months // 12, months=months % 12
        ),
        st.sampled_from(CODES),
        st.sampled_from([CountedFrom.WORK_ENDED, CountedFrom.WORK_YEAR]),
        st.integers(1, 700),
    ),
    max_size=8,
)


def until(pairs: Any, kept: list[RetentionRule]) -> date | None:
    return times_of(Over(None, tuple(pairs)), kept)[1]


def by_hand(code: str, day: date, rule: RetentionRule) -> date:
    """From the day, or from the last of its year."""
    first = date(day.year, 12, 31) if rule.counted_from == CountedFrom.WORK_YEAR else day
    return add_months(first, rule.years * 12 + rule.months)


@given(counted, rules)
def test_the_longest_holds_and_what_no_rule_names_is_kept(pairs: Any, kept: list[RetentionRule]) -> None:
    found = until(pairs, kept)
    if {code for code, _day in pairs} - {rule.holding for rule in kept}:
        assert found is None
    else:
        assert found == max(by_hand(code, day, rule) for code, day in pairs for rule in kept if rule.holding == code)


@given(counted, rules, st.tuples(st.sampled_from(CODES), days))
def test_one_more_agreement_never_lets_go_sooner(pairs: Any, kept: list[RetentionRule], more: Any) -> None:
    before, after = until(pairs, kept), until([*pairs, more], kept)
    if before is None:
        assert after is None
    assert after is None or before is None or after >= before


@given(counted, rules, rules)
def test_one_more_rule_never_lets_go_sooner(pairs: Any, kept: list[RetentionRule], more: list[RetentionRule]) -> None:
    before, after = until(pairs, kept), until(pairs, [*kept, *more])
    assert before is None or (after is not None and after >= before)


@given(counted, rules)
def test_in_which_order_they_stand_changes_nothing(pairs: Any, kept: list[RetentionRule]) -> None:
    assert until(pairs, kept) == until(pairs[::-1], kept[::-1])


@given(days, st.integers(1, 60))
def test_a_year_that_is_counted_whole_ends_with_a_year(day: date, years: int) -> None:
    """Whoever left in January is kept as long as who left in December."""
    rule = RetentionRule(holding="work_civil", counted_from=CountedFrom.WORK_YEAR, years=years)
    found = until([("work_civil", day)], [rule])
    assert found == date(day.year + years, 12, 31)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), 6, date(2026, 9, 30)),
    ],
)
def test_months_of_different_lengths(day: date, months: int, last: date) -> None:
    rule = RetentionRule(
        holding="work_none", counted_from=CountedFrom.WORK_ENDED, years=months // 12, months=months % 12
    )
    assert until([("work_none", day)], [rule]) == last


def shipped(code: str) -> list[RetentionRule]:
    fields = ("holding", "counted_from", "years", "months")
    return [
        RetentionRule(**{name: row[name] for name in fields if name in row})
        for row in shipped_rules()
        if row["holding"] == code
    ]


@pytest.mark.parametrize("code", CODES)
def test_what_ships_keeps_every_kind_of_papers_for_some_time(code: str) -> None:
    [rule] = shipped(code)
    found = until([(code, date(2020, 6, 15))], [rule])
    assert found is not None
    assert found > date(2020, 6, 15) + timedelta(days=364)


def test_employees_of_before_2019_are_kept_longest_and_who_never_worked_here_shortest() -> None:
    ends = {code: until([(code, date(2018, 6, 15))], shipped(code)) for code in CODES}
    assert max(ends, key=lambda code: ends[code] or date.max) == "work_early"
    assert min(ends, key=lambda code: ends[code] or date.max) == "work_none"
