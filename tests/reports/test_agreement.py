"""Random ledgers, with corrections, groups and households: every number is the sum of its list and of its rows, and is
the same as counted one by one in Python."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from przystan.funding.enums import Breakdown
from przystan.funding.models import Allocation, Indicator
from przystan.funding.queries.counting import Span
from przystan.funding.queries.evidence import breakdown, evidence_of
from przystan.funding.queries.indicators import figures
from przystan.people.models import Citizenship, Household
from przystan.support.models import Support, SupportPerson
from tests import factories

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "people": st.sets(st.integers(0, 4), max_size=3),
            "unnamed": st.integers(0, 3),
            "home": st.sampled_from([None, None, 0, 1]),
            "day": st.integers(0, 60),
            "minutes": st.sampled_from([0, 10, 45, 60]),
            "service": st.integers(0, 1),
            "payer": st.sampled_from([None, 0, 0, 1]),
            "reversed": st.sampled_from([None, None, 0, 40]),
        }
    ),
    max_size=12,
)
WHERE = [{"fact": "sex", "in": ["female"]}, {"fact": "age", "at_least": 18}]


@given(entries=ENTRIES, window=st.tuples(st.integers(0, 60), st.integers(0, 60)))
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
    services = [factories.service(), factories.service()]
    people = [
        factories.person(point, sex=sex, birth=birth)
        for sex, birth in [
            ("female", "2008-01-20"),
            ("male", "1990"),
            ("unknown", ""),
            ("female", "1950"),
            ("male", ""),
        ]
    ]
    Citizenship.objects.create(person=people[0], country="UA", valid_to=START + timedelta(days=20))
    Citizenship.objects.create(person=people[1], country="GE")
    homes = [Household.objects.create(organisation=point.organisation) for _each in range(2)]
    programmes = [factories.programme(point.organisation, *services) for _each in range(2)]
    for programme in programmes:
        for counted in ("people", "supports", "hours", "households"):
            factories.indicator(programme, counted, services[0])
    for counted in ("people", "supports", "hours", "households"):
        factories.indicator(programmes[0], counted)
        factories.indicator(programmes[0], counted, where=WHERE[counted in ("people", "hours")])
    for one in entries:
        _enter(one, point, services, people, homes, programmes)
    return factories.actor(point.organisation, "coordinator")


def _enter(one: dict[str, Any], point: Any, services: Any, people: Any, homes: Any, programmes: Any) -> None:
    who = [people[number] for number in sorted(one["people"])]
    count = max(1, len(who) + one["unnamed"])
    day = START + timedelta(days=one["day"])
    made = factories.support(point, services[one["service"]], *who, day=day, minutes=one["minutes"], headcount=count)
    if one["home"] is not None:
        SupportPerson.objects.filter(support=made).update(household=homes[one["home"]])
    if one["payer"] is not None:
        factories.pay(made, programmes[one["payer"]])
    if one["reversed"] is not None:
        counter = factories.reverse(made, booked_on=day + timedelta(days=one["reversed"]))
        if one["home"] is not None:
            SupportPerson.objects.filter(support=counter).update(household=homes[one["home"]])


def _check(actor: Any, span: Span) -> None:
    for figure in figures(actor, span):
        one, total = figure.indicator, figure.total
        listed = list(evidence_of(actor, one, span))
        assert sum(each.weight for each in listed) == total, one.counted
        assert len(evidence_of(actor, one, span)) == len(listed)
        if one.counted in ("people", "households"):
            assert len(listed) == total
        if not one.where:
            assert total == _by_hand(one, span), one.counted
        for by in Breakdown:
            rows = breakdown(actor, one, span, by).totals
            if by in (Breakdown.SEX, Breakdown.AGE_BAND, Breakdown.CITIZENSHIP) or one.counted in ("supports", "hours"):
                assert sum(rows.values()) == total, (one.counted, by)
            for value, number in list(rows.items())[-1:]:
                assert sum(each.weight for each in evidence_of(actor, one, span, by, value)) == number


def _by_hand(indicator: Indicator, span: Span) -> int:
    """The same, counted over querysets as a Django project would start."""
    rows = Support.objects.filter(
        pk__in=Allocation.objects.filter(programme=indicator.programme).values("support_id")
    ).order_by("id")
    services = {service.pk for service in indicator.services.all()}
    people, homes, alone, entries, minutes = Counter(), Counter(), Counter(), 0, 0
    at_home: dict[int, set[int | None]] = defaultdict(set)
    for entry in rows:
        if services and entry.service_id not in services:
            continue
        if (span.first and entry.booked_on < span.first) or (span.last and entry.booked_on > span.last):
            continue
        entries += entry.sign
        minutes += entry.sign * entry.minutes * entry.headcount
        for recipient in entry.recipients.order_by("id"):
            people[recipient.person_id] += entry.sign
            at_home[recipient.person_id].add(recipient.household_id)
            homes[recipient.household_id] += entry.sign
            alone[recipient.person_id] += entry.sign
    lonely = {person for person, where in at_home.items() if where == {None}}
    return {
        "people": sum(net > 0 for net in people.values()),
        "supports": entries,
        "hours": minutes,
        "households": sum(net > 0 for home, net in homes.items() if home)
        + sum(net > 0 for person, net in alone.items() if person in lonely),
    }[indicator.counted]
