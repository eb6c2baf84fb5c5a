"""What the answers of several signers come to. Plain Python.

A signer is known by a number: PERSON, NOBODY for somebody who has to sign and is not written down yet, else the id of a
guardian. Until a person is surely grown up they are a minor; of whom no birth date is known is taken for grown up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

PERSON, NOBODY = 0, -1
GROWN_UP = 18  # art. 10 of the Civil Code
THE_PERSON, ONE_GUARDIAN = "person", "one_guardian"  # of enums.Signers


class ConsentState(StrEnum):
    """What the answers of all who have to sign come to. Only GIVEN lets do anything."""

    GIVEN = "given"
    WAITING = "waiting"
    CONFLICTING = "conflicting"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Asked:
    """Who has to agree at which ages, both ends included; None is open."""

    signers: str
    age_from: int | None = None
    age_to: int | None = None

    def of_age(self, age: int | None) -> bool:
        """Whether it holds for somebody of this age; None: not known."""
        if age is None:
            return self.age_to is None
        return (self.age_from is None or self.age_from <= age) and (self.age_to is None or age <= self.age_to)


@dataclass(frozen=True)
class Seat:
    """Somebody who has to answer. `alone`: their yes is needed; else that of any who are not alone is enough."""

    who: int
    alone: bool = True


@dataclass(frozen=True)
class Answer:
    """What a signer said last; `withdrawn`: they took it back."""

    who: int
    agrees: bool = True
    withdrawn: bool = False


def unasked(asked: Iterable[Asked]) -> list[int]:
    """Whole years, up to GROWN_UP, at which nobody is asked: there the person would be, alone, also a small child."""
    rows = list(asked)
    return [age for age in range(GROWN_UP + 1) if not any(one.of_age(age) for one in rows)]


def seats_of(asked: Iterable[Asked], age: int | None, guardians: Sequence[int]) -> list[Seat]:
    """Who has to answer for somebody of this age with these guardians. Nothing written down: the person alone."""
    found: dict[int, Seat] = {}
    for one in asked:
        if one.of_age(age):
            who = [PERSON] if one.signers == THE_PERSON else list(guardians) or [NOBODY]
            found.update({each: Seat(each, one.signers != ONE_GUARDIAN) for each in who})
    return list(found.values()) or [Seat(PERSON)]


def state_of(seats: Sequence[Seat], answers: Iterable[Answer]) -> ConsentState:
    """What it comes to. Of each signer the last answer counts; answers of others do not."""
    last = {answer.who: answer for answer in answers}
    here = {seat: last.get(seat.who) for seat in seats}
    standing = {answer.agrees for answer in here.values() if answer and not answer.withdrawn}
    if standing == {True, False}:
        return ConsentState.CONFLICTING
    if standing == {False}:
        return ConsentState.REFUSED
    missing = _missing(here)
    if not missing:
        return ConsentState.GIVEN
    return ConsentState.WITHDRAWN if any(missing) else ConsentState.WAITING


def _missing(here: dict[Seat, Answer | None]) -> list[Answer | None]:
    """What is no yes and has to be one: None, or an answer that was taken back."""
    open_ones = {seat: answer for seat, answer in here.items() if answer is None or answer.withdrawn}
    alone = [answer for seat, answer in open_ones.items() if seat.alone]
    others = [seat for seat in here if not seat.alone]
    enough = any(seat not in open_ones for seat in others)
    return alone + [open_ones[seat] for seat in others if not enough]
