"""Of several rules for one number holds what all of them allow."""

from collections.abc import Iterable
from datetime import date, time
from functools import reduce
from typing import Final, NamedTuple

# Values of `enums.Safety`, the strictest first. That nobody asked is no rule: an answer is.
STRICTEST: Final = ("no", "only_by", "neutral", "hours", "yes", "not_asked")
LIMITED: Final = frozenset(("only_by", "neutral", "hours"))  # allow something and forbid the rest


class Rule(NamedTuple):
    """What a `Channel` says of its safety, by the names of its fields."""

    safety: str
    hours_from: time | None = None
    hours_to: time | None = None
    only_by_id: int | None = None
    confirmed_on: date | None = None


NEVER: Final = Rule("no")


def strictest(rules: Iterable[Rule]) -> Rule:
    """The rule that forbids what any of them forbids; "no" where no single rule can say what they all allow.

    A rule that none of them was is confirmed by nobody.
    """
    return reduce(_both, rules)


def _both(one: Rule, other: Rule) -> Rule:
    first, second = sorted((one, other), key=lambda rule: STRICTEST.index(rule.safety))
    if not {first.safety, second.safety} <= LIMITED or _limit(first) == _limit(second):
        return first
    return _common(first, second) if first.safety == "hours" else NEVER


def _common(one: Rule, other: Rule) -> Rule:
    """Hours that are in both; each may pass midnight (20:00 to 6:00)."""
    (begins, ends), (starts, stops) = _hours(one), _hours(other)
    for start in (begins, starts):
        end = min(ends, stops, key=lambda end: (end < start, end))
        if _within(start, one) and _within(start, other) and start != end:
            held = Rule("hours", start, end)
            return next((rule for rule in (one, other) if _limit(rule) == _limit(held)), held)
    return NEVER


def _within(moment: time, rule: Rule) -> bool:
    start, end = _hours(rule)
    return start <= moment <= end if start <= end else not end < moment < start


def _hours(rule: Rule) -> tuple[time, time]:
    assert rule.hours_from is not None  # the table asks for both
    assert rule.hours_to is not None
    return rule.hours_from, rule.hours_to


def _limit(rule: Rule) -> Rule:
    return rule._replace(confirmed_on=None)
