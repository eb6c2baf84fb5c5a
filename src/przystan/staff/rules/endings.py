"""What of somebody's papers runs out soon. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .gate import Case, answers, asked_for, clear_since


@dataclass(frozen=True)
class Ending:
    """The last day of an agreement (`kind` ""), or of the newest proof of a kind and country."""

    kind: str
    country: str
    last: date


def works_on_or_after(case: Case, day: date) -> bool:
    """Whether an agreement runs on this day or begins later."""
    return any(contract.last is None or contract.last >= day for contract in case.contracts)


def endings(case: Case, today: date, until: date) -> Iterator[Ending]:
    """What ends on or before `until`: agreements that run, and proofs that have not been made anew. One that is only
    asked for is not."""
    running = [one.holds_until for one in case.contracts if one.last is None or one.last >= today]
    if running and None not in running and (last := max(day for day in running if day)) <= until:
        yield Ending("", "", last)
    for need, country in asked_for(case, today):
        ends = [one.until(need) for one in clear_since(answers(need, country, case.proofs))]
        if ends and None not in ends and (last := max(day for day in ends if day)) <= until:
            yield Ending(need.kind, country, last)
