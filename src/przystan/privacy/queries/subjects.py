"""What one of `access.subjects` is told about their own data: until when it is kept, and what goes then."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from przystan.access.actors import system
from przystan.access.scope import looking
from przystan.access.subjects import Subject

from ..models import RetentionRule
from .due import rules_of, times_of
from .plans import plan_of


@dataclass(frozen=True)
class Kept:
    """`until`: the last day by the longest of `rules`; None while they work here, or where anything is under no rule.

    `counts`: as of `Plan.counts`.
    """

    is_over: bool
    rules: list[RetentionRule]
    until: date | None
    counts: dict[str, dict[str, int]]


def kept_of(subject: Subject, row: Any) -> Kept:
    """For a row that the actor was given by `Subject.seen`."""
    with looking(system(row.organisation_id, "preview")):
        today = timezone.localdate()
        over = subject.times(row, today)
        rules, until = times_of(over, rules_of(row.organisation_id, today)) if over else ([], None)
        return Kept(over is not None, rules, until, plan_of(row).counts())
