"""Two who change one result at the same moment: one does it, the other is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from przystan.access.actors import Actor
from przystan.access.scope import acting
from przystan.funding import actions
from przystan.funding.models import ResultAllocation
from przystan.ledger.actions import ChangedMeanwhile, LoggedAlready
from przystan.results.actions import remove
from przystan.results.models import Result
from tests.harness.at_once import together
from tests.harness.scope import acting_tests

from .test_results import House


@pytest.fixture(scope="module")
def shared(committed: None) -> House:
    with acting_tests():
        return House()


def by(actor: Actor, work: Callable[[], object]) -> Callable[[], object]:
    def run() -> object:
        with acting(actor):
            return work()

    return run


def refused(found: list[object]) -> list[object]:
    return [one for one in found if isinstance(one, Exception)]


def noted(house: House, **values: Any) -> Result:
    with acting(house.adviser):
        return actions.note_result(by=house.adviser, reached=house.reached(**values)).result


def test_a_result_is_taken_back_once(shared: House) -> None:
    late = noted(shared)
    work = by(shared.coordinator, lambda: remove(by=shared.coordinator, results=[late]))
    found = together(work, work)
    assert sorted(found) == [0, 1], found


def test_the_same_form_is_written_once(shared: House) -> None:
    token = uuid4()
    work = by(shared.adviser, lambda: actions.note_result(by=shared.adviser, reached=shared.reached(form_token=token)))
    found = together(work, work)
    assert [type(one) for one in refused(found)] == [LoggedAlready], found
    assert Result.objects.filter(form_token=token).count() == 1


def test_who_saves_second_is_told(shared: House) -> None:
    result = noted(shared)
    works = [
        by(
            shared.adviser,
            lambda after=after: actions.amend_result(  # type: ignore[misc]
                by=shared.adviser, result=result, reached=shared.reached(after=after), version=1
            ),
        )
        for after in ("B1", "C1")
    ]
    found = together(*works)
    assert [type(one) for one in refused(found)] == [ChangedMeanwhile], found
    [kept] = [one for one in found if isinstance(one, actions.Noted)]
    result.refresh_from_db()
    assert (result.after, result.version) == (kept.result.after, 2)


def test_a_result_has_one_payer_whoever_chooses(shared: House) -> None:
    result = noted(shared)
    works = [
        by(
            shared.grants,
            lambda payer=payer: actions.choose_result_payer(  # type: ignore[misc]
                by=shared.grants, result=result, payer=payer.ref, reason="asked"
            ),
        )
        for payer in (shared.first, shared.second, shared.second)
    ]
    found = together(*works)
    assert refused(found) == [], "one after the other"
    assert ResultAllocation.objects.filter(result=result).count() == 1


def test_a_correction_is_made_once(shared: House) -> None:
    day = shared.today - timedelta(days=20)
    result = noted(shared, day=day)
    with acting(shared.coordinator):
        shared.close(day)
    work = by(shared.coordinator, lambda: actions.correct_result(by=shared.coordinator, result=result, reason="wrong"))
    found = together(work, work)
    [told] = refused(found)
    assert isinstance(told, ValidationError)
    assert "corrected already" in str(told)
    assert Result.objects.filter(reverses=result).count() == 1
    assert ResultAllocation.objects.filter(result__reverses=result).count() == 1
