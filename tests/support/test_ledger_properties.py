"""Whatever is done to the ledger in whatever order: sums are right, and what was closed never changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from przystan.ledger.actions import close_period
from przystan.ledger.models import Period
from przystan.support.actions import amend, correct, record, remove
from przystan.support.models import Support
from przystan.support.queries import net
from przystan.support.rules import Effort, Entry, flaws
from tests.support.test_booking import Centre

DAYS = 12
days = st.integers(0, DAYS - 1)
minutes = st.integers(0, 300)
rows = st.integers(0, 50)
steps = st.one_of(
    st.tuples(st.just("record"), days, minutes),
    st.tuples(st.just("amend"), rows, minutes),
    st.tuples(st.just("remove"), rows),
    st.tuples(st.just("correct"), rows, st.none() | minutes),
    st.tuples(st.just("close"), days, st.integers(0, 3)),
)
FIGURES = ["pk", "sign", "day", "booked_on", "minutes", "headcount", "service_id", "reverses_id"]


class Book:
    """A ledger and what it should say, kept apart."""

    def __init__(self) -> None:
        self.centre = Centre()
        self.today = timezone.localdate()
        self.true: dict[int, int] = {}  # id of an entry that stands -> its minutes
        self.frozen: dict[int, tuple[Any, ...]] = {}

    def do(self, step: tuple[Any, ...]) -> None:
        try:
            with transaction.atomic():
                getattr(self, step[0])(*step[1:])
        except ValidationError:
            return  # refused: nothing may have changed, which `check` sees

    def day(self, number: int) -> date:
        return self.today - timedelta(days=number)

    def record(self, day: int, minutes: int) -> None:
        support = record(by=self.centre.adviser, entry=self.centre.entry(day=self.day(day), minutes=minutes))
        self.true[support.pk] = minutes

    def amend(self, row: int, minutes: int) -> None:
        support = self.pick(row)
        if support:
            entry = self.centre.entry(day=support.day, minutes=minutes)
            amend(by=self.centre.coordinator, support=support, entry=entry)
            self.true[support.pk] = minutes

    def remove(self, row: int) -> None:
        support = self.pick(row)
        if support and not Support.objects.filter(reverses=support).exists():
            remove(by=self.centre.coordinator, supports=[support])
            self.true.pop(support.pk, None)

    def correct(self, row: int, minutes: int | None) -> None:
        support = self.pick(row)
        if not support:
            return
        entry = None if minutes is None else self.centre.entry(day=support.day, minutes=minutes)
        _, right = correct(by=self.centre.coordinator, support=support, reason="x", entry=entry)
        self.true.pop(support.pk)
        if right:
            self.true[right.pk] = minutes or 0

    def close(self, day: int, length: int) -> None:
        close_period(by=self.centre.coordinator, starts=self.day(day + length), ends=self.day(day))
        self.frozen = {row[0]: row for row in self.closed()}

    def pick(self, row: int) -> Support | None:
        standing = sorted(self.true)
        return Support.objects.get(pk=standing[row % len(standing)]) if standing else None

    def closed(self) -> list[tuple[Any, ...]]:
        periods = list(Period.objects.values_list("starts", "ends"))
        rows = Support.objects.order_by("id").values_list(*FIGURES)
        return [row for row in rows if any(starts <= row[3] <= ends for starts, ends in periods)]

    def check(self) -> None:
        assert net(Support.objects.all()).minutes == sum(self.true.values())
        assert net(Support.objects.all()).supports == len(self.true)
        assert set(Support.objects.standing().values_list("pk", flat=True)) == set(self.true)
        assert {row[0]: row for row in self.closed()} == self.frozen


class TestLedger(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(steps, max_size=14))
    def test_any_history_adds_up(self, history: list[tuple[Any, ...]]) -> None:
        book = Book()
        for step in history:
            book.do(step)
            book.check()


@given(
    st.integers(-5, 2000),
    st.lists(st.builds(Effort, topic_id=st.integers(1, 3), minutes=st.integers(0, 900)), max_size=5),
    st.lists(st.sampled_from("abc"), max_size=4),
    st.integers(-1, 4),
)
def test_a_settled_entry_is_sound_or_says_why(total: int, efforts: list[Effort], people: list[str], heads: int) -> None:
    today = date(2026, 5, 4)
    entry = Entry(
        service_id=1,
        point_id=1,
        day=today,
        minutes=total,
        efforts=tuple(efforts),
        people=tuple(people),
        headcount=heads,
    ).settled()
    if not flaws(entry, today):
        assert 0 <= sum(effort.minutes for effort in entry.efforts) <= entry.minutes <= 1440
        assert entry.headcount >= len(entry.people) == len(set(people)) > 0
        assert len({effort.topic_id for effort in entry.efforts}) == len(entry.efforts)
    assert entry.settled() == entry


@pytest.mark.django_db
def test_the_model_of_the_test_is_not_empty() -> None:
    book = Book()
    for step in (("record", 5, 30), ("close", 5, 0), ("correct", 0, 20), ("record", 5, 7)):
        book.do(step)
        book.check()
    assert sum(book.true.values()) == 27
