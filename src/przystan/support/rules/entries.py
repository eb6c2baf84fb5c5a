"""What is handed to the ledger, and what can be wrong with it before any database is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from uuid import UUID

DAY_MINUTES = 24 * 60
MOST_PEOPLE = 2000


@dataclass(frozen=True, kw_only=True)
class Effort:
    """Minutes of a support that went into one topic; 0: touched upon, not measured."""

    topic_id: int
    minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One support as it was given, ready for `support.actions.record`.

    `people`: references of the people who received it, none for an anonymous contact. `headcount` counts everybody,
    the unnamed too; for a support of named people it is at least their number. `minutes` is the length of the whole
    support. `kind`, `mode`, `interpreter`, `outcome`: values of `support.enums`. `staff_id` None: whoever records it.
    `usual`: without any minutes the usual length of the service counts. `form_token`: the same token is written once,
    however often it is sent.
    """

    service_id: int
    point_id: int
    day: date
    kind: str = "full"
    people: tuple[str, ...] = ()
    headcount: int = 1
    minutes: int = 0
    usual: bool = False
    efforts: tuple[Effort, ...] = ()
    starts_at: time | None = None
    mode: str = "in_person"
    place: str = ""
    language: str = ""
    interpreter: str = "not_said"
    outcome: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    staff_id: int | None = None
    gathering_id: int | None = None
    correction_reason: str = ""
    form_token: UUID | None = None

    def settled(self) -> "Entry":
        """The same with repeated people and topics joined, the headcount and the minutes at least what they imply."""
        people = tuple(dict.fromkeys(self.people))
        efforts = _joined(self.efforts)
        spent = sum(effort.minutes for effort in efforts)
        return replace(
            self,
            people=people,
            efforts=efforts,
            headcount=max(self.headcount, len(people)),
            minutes=self.minutes or spent,
        )


@dataclass(frozen=True, kw_only=True)
class Group:
    """A lesson, a workshop, a meeting: everybody in `entry` received it. `minutes`: of those (by reference) who were
    there for longer or shorter than the others."""

    entry: Entry
    title: str = ""
    minutes: Mapping[str, int] = field(default_factory=dict)


class Flaw(StrEnum):
    """Why an entry cannot be written."""

    FUTURE = "future"
    NEGATIVE = "negative"
    MORE_THAN_A_DAY = "more_than_a_day"
    TOPICS_LONGER = "topics_longer"
    NOBODY = "nobody"
    TOO_MANY = "too_many"
    ANONYMOUS_NAMED = "anonymous_named"
    STEP_WITHOUT_WORDS = "step_without_words"
    STEP_TOO_EARLY = "step_too_early"


def flaws(entry: Entry, today: date) -> list[Flaw]:
    """Everything wrong with a settled entry that can be known without the database."""
    spent = sum(effort.minutes for effort in entry.efforts)
    found = {
        Flaw.FUTURE: entry.day > today,
        Flaw.NEGATIVE: entry.minutes < 0 or any(effort.minutes < 0 for effort in entry.efforts),
        Flaw.MORE_THAN_A_DAY: entry.minutes > DAY_MINUTES,
        Flaw.TOPICS_LONGER: spent > entry.minutes,
        Flaw.NOBODY: entry.headcount < 1 or (entry.kind == "full" and not entry.people),
        Flaw.TOO_MANY: entry.headcount > MOST_PEOPLE,
        Flaw.ANONYMOUS_NAMED: entry.kind == "contact" and bool(entry.people),
        Flaw.STEP_WITHOUT_WORDS: entry.next_step_on is not None and not entry.next_step.strip(),
        Flaw.STEP_TOO_EARLY: entry.next_step_on is not None and entry.next_step_on < entry.day,
    }
    return [flaw for flaw, is_so in found.items() if is_so]


def _joined(efforts: tuple[Effort, ...]) -> tuple[Effort, ...]:
    minutes: dict[int, int] = {}
    for effort in efforts:
        minutes[effort.topic_id] = minutes.get(effort.topic_id, 0) + effort.minutes
    return tuple(Effort(topic_id=topic, minutes=spent) for topic, spent in minutes.items())
