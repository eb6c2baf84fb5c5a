"""Over random histories of rules and checks the gate says on every day what a list of days says by itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from przystan.access.scope import acting
from przystan.kernel.dates import add_months
from przystan.staff import actions
from przystan.staff.models import Proof, ProofRule
from przystan.staff.queries import may_be_assigned
from przystan.staff.queries.rules import rules_of
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
FIRST, LAST = TODAY - timedelta(days=700), TODAY + timedelta(days=1100)
DAYS = (LAST - FIRST).days


@dataclass(frozen=True)
class Held:
    """A rule as somebody would write it on paper: from which day on, for how many months a check holds."""

    since: date
    months: int | None
    needed: bool


def some_day(rng: Random) -> date:
    return FIRST + timedelta(days=rng.randrange(DAYS))


def changed(house: House, rule: ProofRule, rng: Random, times: int) -> list[Held]:
    """Ask and confirm changes on rising days to come; returns what was agreed, the newest last."""
    said = [Held(date.min, rule.months, True)]
    for day in sorted({TODAY + timedelta(days=rng.randrange(1000)) for _ in range(times)}):
        months, needed = rng.choice([None, 1, 6, 12, 24]), rng.random() < 0.8
        wanted = ProofRule(
            kind=rule.kind,
            replaces=rule,
            months=months,
            needed="minors" if needed else "never",
            source="A rule of the centre",
            valid_from=day,
        )
        with acting(house.actor("lead of all")) as by:
            actions.ask_rule(by=by, rule=wanted)
        with acting(house.actor("second of all")) as by:
            actions.confirm_rule(by=by, rule=wanted)
        rule = ProofRule.objects.get(pk=wanted.pk)
        said.append(Held(day, months, needed))
    return said


def on_paper(said: list[Held], checks: list[Proof], on: date) -> bool:
    """Whether a clear check that the rule of the day takes holds on this day."""
    rule = [one for one in said if one.since <= on][-1]
    ends = [min(one.ends or date.max, add_months(one.day, rule.months) if rule.months else date.max) for one in checks]
    return not rule.needed or any(check.day <= on <= end for check, end in zip(checks, ends, strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_a_check_holds_as_the_rule_of_the_day_says(house: House, seed: int) -> None:
    rng = Random(seed)
    rule = making.proof_kind("register", months=12).rules.get()
    making.agreement(house.hasan)
    checks = []
    for _ in range(4):
        day = some_day(rng)
        ends = day + timedelta(days=rng.randrange(1, 500)) if rng.random() < 0.4 else None
        checks.append(making.proof(house.hasan, rule.kind, day, ends=ends))
    said = changed(house, rule, rng, times=6)
    rows = [one for one in rules_of(ProofRule, house.here.organisation_id) if one.kind_id == rule.kind_id]
    edges = [one.since for one in said[1:]] + [one.day for one in checks]
    tried = {day + timedelta(days=step) for day in edges for step in (-1, 0, 1)} | {some_day(rng) for _ in range(10)}
    with acting(house.actor("lead")) as lead:
        for on in sorted(tried):
            assert [row.holds_on(on) for row in rows].count(True) == 1, f"one rule holds on {on}"
            found = may_be_assigned(lead, house.hasan, to_minors=True, on=on)
            assert found.may == on_paper(said, checks, on), (seed, on, found.reasons)
