"""Whatever happens to results: what was reported stays, each has one payer, and numbers are those of what stands."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from przystan.access.scope import acting
from przystan.funding import actions
from przystan.funding.models import Indicator, ResultAllocation
from przystan.funding.queries.counting import Span
from przystan.funding.queries.indicators import figures
from przystan.people.actions import merge, undo_merge
from przystan.privacy import actions as privacy
from przystan.results.actions import remove
from przystan.results.models import Result
from tests import factories

from .test_results import House

pytestmark = pytest.mark.django_db
COUNTED = ("results", "achievers", "achiever_households", "institutions")
STEPS = ("note", "note", "help", "amend", "remove", "close", "correct", "replace", "choose", "merge", "part")


@dataclass
class Play:
    """A centre in which things happen by number, and the days that are closed with what was reported of them."""

    house: House
    reported: dict[int, list[int]] = field(default_factory=dict)
    merges: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        house = self.house
        self.twins = [house.person, factories.person(house.point, "Olena K", sex="female")]
        factories.household(*self.twins)
        for programme in (house.first, house.second):
            for counted in COUNTED:
                factories.indicator(programme, counted)

    def day(self, number: int) -> Any:
        return self.house.today - timedelta(days=1 + number % 4 * 10)

    def pick(self, number: int) -> Result | None:
        rows = list(Result.objects.filter(sign=1).order_by("id"))
        return rows[number % len(rows)] if rows else None

    def reached(self, number: int, **values: Any) -> Any:
        who = self.twins[number % 2]
        return self.house.reached(day=self.day(number // 2), person=who.ref, **values)

    def note(self, number: int) -> None:
        actions.note_result(by=self.house.coordinator, reached=self.reached(number))

    def help(self, number: int) -> None:
        reached = self.house.reached("institution_supported", institution=self.house.school.ref, day=self.day(number))
        actions.note_result(by=self.house.coordinator, reached=reached)

    def amend(self, number: int) -> None:
        if (found := self.pick(number)) and found.person_id:
            actions.amend_result(by=self.house.coordinator, result=found, reached=self.reached(number + 1, before=""))

    def remove(self, number: int) -> None:
        if found := self.pick(number):
            remove(by=self.house.coordinator, results=[found])

    def close(self, number: int) -> None:
        self.house.close(self.day(number))
        self.reported[number % 4] = self.totals(self.day(number))

    def correct(self, number: int) -> None:
        if found := self.pick(number):
            actions.correct_result(by=self.house.coordinator, result=found, reason="wrong")

    def replace(self, number: int) -> None:
        if (found := self.pick(number)) and found.person_id:
            right = self.reached(number + 1, after="C1")
            actions.correct_result(by=self.house.coordinator, result=found, reason="wrong", reached=right)

    def choose(self, number: int) -> None:
        if found := self.pick(number):
            payer = (self.house.second.ref, self.house.first.ref, "")[number % 3]
            actions.choose_result_payer(by=self.house.coordinator, result=found, payer=payer, reason="asked")

    def merge(self, number: int) -> None:
        if not any(one.undone_at is None for one in self.merges):
            self.merges.append(merge(by=self.house.coordinator, kept=self.twins[0], absorbed=self.twins[1]))

    def part(self, number: int) -> None:
        for one in self.merges:
            if one.undone_at is None:
                undo_merge(by=self.house.coordinator, merge=one)
                one.refresh_from_db()

    def totals(self, day: Any = None) -> list[int]:
        """Every indicator, of one day or of all."""
        return [int(one.total or 0) for one in figures(self.house.coordinator, Span(day, day))]


@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11)), min_size=6, max_size=14))
@settings(
    max_examples=14,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens(house: House, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        with acting(house.coordinator):
            play = Play(house)
            for name, number in steps:
                step: Callable[[int], None] = getattr(play, name)
                with (
                    suppress(ValidationError),
                    transaction.atomic(),
                ):
                    step(number)
                holds(play)
        transaction.set_rollback(True)


@pytest.fixture
def house() -> House:
    return House()


def holds(play: Play) -> None:
    for number, told in play.reported.items():
        if not play.merges:  # two who become one are one in every number, also in what was reported
            assert play.totals(play.day(number)) == told, "what was reported stays"
        of_entries = [at for at, one in enumerate(indicators(play)) if one.counted == "results"]
        now = play.totals(play.day(number))
        assert [now[at] for at in of_entries] == [told[at] for at in of_entries]
    for counter in Result.objects.filter(sign=-1).order_by("id"):
        assert payer_of(counter) == payer_of(counter.reverses), "it takes from whom it gave to"
        assert (counter.person_id, counter.household_id) == (
            counter.reverses.person_id,
            counter.reverses.household_id,
        )
    standing = list(Result.objects.standing().select_related("kind", "allocation").order_by("id"))
    for one, total in zip(indicators(play), play.totals(), strict=True):
        mine = [row for row in standing if payer_of(row) == one.programme_id and fits(one, row)]
        by_hand = {
            "results": len(mine),
            "achievers": len({row.person_id for row in mine if row.person_id}),
            "achiever_households": len({row.household_id for row in mine if row.person_id}),
            "institutions": len({row.institution_id for row in mine if row.institution_id}),
        }
        assert total == by_hand[one.counted], one.counted


def indicators(play: Play) -> list[Indicator]:
    return [one.indicator for one in figures(play.house.coordinator, Span())]


def fits(indicator: Indicator, row: Result) -> bool:
    kinds = list(indicator.kinds.all())
    return not kinds or row.kind in kinds


def payer_of(row: Result) -> int | None:
    return ResultAllocation.objects.filter(result=row).values_list("programme", flat=True).first()


def test_a_counter_entry_brings_every_indicator_back(house: House) -> None:
    with acting(house.coordinator):
        play = Play(house)
        play.note(0)
        play.help(0)
        before = play.totals()
        closed = play.day(2)
        made = [
            actions.note_result(by=house.coordinator, reached=one).result
            for one in (
                play.reached(5),
                house.reached("institution_supported", institution=house.institution("Other").ref, day=closed),
                house.reached("lesson_hours", minutes=90, day=closed),
            )
        ]
        assert play.totals() != before
        house.close(closed)
        for one in made:
            actions.correct_result(by=house.coordinator, result=one, reason="wrong")
        assert play.totals() == before


def test_erasing_a_person_keeps_what_was_counted(house: House) -> None:
    officer = factories.actor(house.organisation, "data_protection_officer")
    with acting(house.coordinator):
        play = Play(house)
        play.note(0)
        play.note(1)
        before = play.totals()
        asked = privacy.ask_erasure(by=house.coordinator, person=play.twins[1])
    with acting(officer):
        privacy.confirm_erasure(by=officer, erasure=asked)
    with acting(house.coordinator):
        assert play.totals() == before
    assert set(Result.objects.values_list("evidence", flat=True)) == {""}
