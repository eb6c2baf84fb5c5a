"""Random ledgers of results beside supports: every number is the sum of its list and of its rows, and is the same as
counted one by one in Python."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from przystan.funding.enums import OF_PEOPLE, Breakdown, Counted
from przystan.funding.models import Indicator, ResultAllocation
from przystan.funding.queries.counting import Span
from przystan.funding.queries.evidence import breakdown, evidence_of
from przystan.funding.queries.indicators import count_one, figures
from przystan.results.models import Result
from tests import factories

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)
RESULTS = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.sampled_from([None, 0, 1, 2, 3]),
            "home": st.booleans(),
            "institution": st.sampled_from([None, 0, 1]),
            "day": st.integers(0, 60),
            "minutes": st.sampled_from([0, 45, 60]),
            "level": st.sampled_from(["", "A2", "B1"]),
            "kind": st.integers(0, 1),
            "payer": st.sampled_from([None, 0, 0, 1]),
            "reversed": st.sampled_from([None, None, 0, 40]),
        }
    ),
    max_size=12,
)
WHERE = {"fact": "sex", "in": ["female"]}


@given(entries=RESULTS, window=st.tuples(st.integers(0, 60), st.integers(0, 60)))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_lists_and_breakdowns_agree(entries: list[dict[str, Any]], window: tuple[int, int]) -> None:
    with transaction.atomic():
        actor = _world(entries)
        first, last = sorted(window)
        for span in (Span(), Span(START + timedelta(days=first), START + timedelta(days=last))):
            _check(actor, span)
        transaction.set_rollback(True)


def _world(entries: list[dict[str, Any]]) -> Any:
    point = factories.point(factories.organisation())
    kinds = [factories.result_kind("levels"), factories.result_kind("minutes", "nobody")]
    people = [factories.person(point, sex=sex) for sex in ("female", "male", "unknown", "female")]
    programmes = [factories.programme(point.organisation) for _each in range(2)]
    homes = [factories.household(*people[:2]), factories.household(people[2])]
    schools = [factories.institution(point.organisation, f"School {number}") for number in (911, 912)]
    for counted in ("results", "achievers", "hours_given", "achiever_households", "institutions"):
        for programme in programmes:
            factories.indicator(programme, counted, kinds=[kinds[0]])
        factories.indicator(programmes[0], counted)
        factories.indicator(programmes[0], counted, where=WHERE)
    factories.indicator(programmes[0], "people")
    service = factories.service()
    factories.pay(factories.support(point, service, people[0], day=START, minutes=30), programmes[0])
    for one in entries:
        _enter(one, point, kinds, people, programmes, homes, schools)
    return factories.actor(point.organisation, "coordinator")


def _enter(one: dict[str, Any], point: Any, kinds: Any, people: Any, programmes: Any, homes: Any, schools: Any) -> None:
    who = None if one["person"] is None else people[one["person"]]
    day = START + timedelta(days=one["day"])
    values = {"minutes": one["minutes"], "after": one["level"]}
    if who and one["home"] and one["person"] < 3:
        values["household"] = homes[one["person"] // 2]
    if not who and one["institution"] is not None:
        values["institution"] = schools[one["institution"]]
    made = factories.result(point, kinds[one["kind"]], who, day=day, **values)
    if one["payer"] is not None:
        factories.count_for(made, programmes[one["payer"]])
    if one["reversed"] is not None:
        factories.reverse_result(made, booked_on=day + timedelta(days=one["reversed"]))


def _check(actor: Any, span: Span) -> None:
    for figure in figures(actor, span):
        one, total = figure.indicator, figure.total
        listed = list(evidence_of(actor, one, span))
        assert total == sum(each.weight for each in listed) == count_one(one, span), one.counted
        if not Counted(one.counted).of_results:
            assert total == (span.first is None or span.first <= START), "results are no supports"
            continue
        assert total == _by_hand(one, span), one.counted
        assert all(each.result for each in listed) or Counted(one.counted).each_once
        assert all(each.institution for each in listed) == (one.counted == "institutions" or not listed)
        if one.counted == "institutions":
            for each in listed:
                theirs = list(evidence_of(actor, one, span, who=each.institution))
                assert each.entries == sum(entry.weight for entry in theirs)
        for by in Breakdown:
            rows = breakdown(actor, one, span, by).totals
            if not by.fits(Counted(one.counted)):
                continue
            if by in OF_PEOPLE or not Counted(one.counted).each_once:
                assert sum(rows.values()) == total, (one.counted, by)
            for value, number in list(rows.items())[-1:]:
                assert sum(each.weight for each in evidence_of(actor, one, span, by, value)) == number


def _by_hand(indicator: Indicator, span: Span) -> int:
    """The same, counted over querysets as a Django project would start."""
    paid = ResultAllocation.objects.filter(programme=indicator.programme).values("result_id")
    kinds = {kind.pk for kind in indicator.kinds.all()}
    people: Counter[int] = Counter()
    homes: Counter[int] = Counter()
    schools: Counter[int] = Counter()
    housed: set[int] = set()
    entries = minutes = 0
    for entry in Result.objects.filter(pk__in=paid).select_related("person").order_by("id"):
        if kinds and entry.kind_id not in kinds:
            continue
        if (span.first and entry.booked_on < span.first) or (span.last and entry.booked_on > span.last):
            continue
        if indicator.where and not (entry.person and entry.person.sex == "female"):
            continue
        entries += entry.sign
        minutes += entry.sign * entry.minutes
        if entry.person_id:
            people[entry.person_id] += entry.sign
        if entry.household_id and entry.person_id:
            homes[entry.household_id] += entry.sign
            housed.add(entry.person_id)
        if entry.institution_id:
            schools[entry.institution_id] += entry.sign
    alone = sum(net > 0 for person, net in people.items() if person not in housed)
    return {
        "results": entries,
        "hours_given": minutes,
        "achievers": _there(people),
        "achiever_households": _there(homes) + alone,
        "institutions": _there(schools),
    }[indicator.counted]


def _there(found: Counter[int]) -> int:
    return sum(net > 0 for net in found.values())


def test_of_a_protected_person_nothing_is_counted() -> None:
    point = factories.point(factories.organisation())
    shown, hidden = factories.person(point), factories.person(point, protected=True, alias="P-1")
    programme = factories.programme(point.organisation)
    for person in (shown, hidden):
        factories.count_for(factories.result(point, factories.result_kind(), person), programme)
    factories.indicator(programme, "achievers")
    factories.indicator(programme, "results")
    actor = factories.actor(point.organisation, "coordinator")
    from przystan.access.scope import acting

    with acting(actor):
        assert [figure.total for figure in figures(actor, Span())] == [1, 1]
