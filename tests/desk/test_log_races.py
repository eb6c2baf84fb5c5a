"""The same form sent at the same moment, and a period closed while somebody writes."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from przystan.access.scope import acting
from przystan.ledger.actions import close_period
from przystan.ledger.models import Period
from przystan.support.actions import record
from przystan.support.models import Support
from tests.desk.test_log import Desk
from tests.harness.at_once import PATIENCE, together


@pytest.fixture
def desk(committed: None) -> Desk:
    return Desk()


def written(desk: Desk) -> int:
    return Support.objects.filter(organisation=desk.organisation).count()


def test_parallel_posts_of_one_form_write_one_support(desk: Desk) -> None:
    sheet = desk.sheet()
    answers = together(*[lambda: desk.adviser.post("/supports/new/", sheet)] * 4)
    assert [answer.status_code for answer in answers] == [302] * 4, answers  # type: ignore[attr-defined]
    assert written(desk) == 1


def test_parallel_posts_of_different_forms_write_all(desk: Desk) -> None:
    answers = together(*[lambda: desk.adviser.post("/supports/new/", desk.sheet()) for _ in range(4)])
    assert [answer.status_code for answer in answers] == [302] * 4, answers  # type: ignore[attr-defined]
    assert written(desk) == 4


def test_no_entry_slips_into_a_period_that_is_being_closed(desk: Desk) -> None:
    day = desk.today - timedelta(days=3)
    written, go_on = threading.Event(), threading.Event()

    def slow_entry() -> Support:
        with acting(desk.owner):
            support = record(by=desk.owner, entry=desk.entry(day=day))
            written.set()
            go_on.wait(PATIENCE)
            return support

    def closing() -> Period:
        written.wait(PATIENCE)
        with acting(desk.lead):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
            try:
                return close_period(by=desk.lead, starts=day, ends=day)
            finally:
                go_on.set()

    entry, closed = together(slow_entry, closing)
    assert isinstance(entry, Support)
    assert "lock timeout" in str(closed)  # it waited for the entry rather than close around it


def test_a_correction_is_made_once_by_two_at_once(desk: Desk) -> None:
    from przystan.funding.actions import correct

    support = desk.closed()

    def correction() -> object:
        with acting(desk.lead):
            return correct(by=desk.lead, support=support, reason="x")

    results = together(*[correction] * 2)
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert len(refused) == 1, results
    assert Support.objects.filter(reverses=support).count() == 1
