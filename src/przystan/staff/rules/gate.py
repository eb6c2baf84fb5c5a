"""May somebody be given this work? Decided over what is written down about them, in plain Python.

Three answers: may, may not, not known. What is needed comes from rows (`ProofRule`), never from an `if`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from przystan.kernel.dates import add_months

CLEAR, DECLARED, ASKED, FOUND = "clear", "declared", "asked", "found"  # values of enums.Result
CITIZENSHIP, LIVED = "citizenship", "lived"  # values of enums.Per


class Verdict(StrEnum):
    MAY = "may"
    MAY_NOT = "may not"
    NOT_KNOWN = "not known"


class Why(StrEnum):
    """What speaks against it. WAITING and COUNTRIES: it is not known; all others: no."""

    NO_AGREEMENT = "no_agreement"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"
    UNWRITTEN = "unwritten"
    MISSING = "missing"
    RAN_OUT = "ran_out"
    LATER = "later"
    FOUND = "found"
    WAITING = "waiting"
    COUNTRIES = "countries"


UNKNOWN = frozenset({Why.WAITING, Why.COUNTRIES})


@dataclass(frozen=True)
class Contract:
    """An agreement from `first` to `last`, both included. `writing`: days for which it may do without being written."""

    first: date | None
    last: date | None
    written: bool = True
    writing: int | None = None

    def runs_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def writing_until(self) -> date | None:
        """The last day on which it holds without being written; None: it is written, or need not be."""
        if self.written or self.writing is None:
            return None
        return (self.first or date.min) + timedelta(days=self.writing - 1)

    @property
    def holds_until(self) -> date | None:
        """Its last day in order; None: no end is known."""
        return min((day for day in (self.last, self.writing_until) if day), default=None)


@dataclass(frozen=True)
class Need:
    """A kind of proof that the rules of the day ask for. `months`: how long one holds; None: as long as the work.

    `years`: of which time abroad counts; `besides`: a country for which none is asked.
    """

    kind: str
    per: str = "once"
    months: int | None = None
    years: int | None = None
    besides: str = ""
    declarable: bool = False


@dataclass(frozen=True)
class Proof:
    """What came of one check or training. `ends`: its last day, if the paper itself says one."""

    kind: str
    day: date
    country: str = ""
    result: str = CLEAR
    ends: date | None = None

    def until(self, need: Need) -> date | None:
        """The last day on which it holds; None: no end."""
        rule = add_months(self.day, need.months) if need.months is not None else None
        return min((day for day in (self.ends, rule) if day), default=None)


@dataclass(frozen=True)
class Abroad:
    """Countries of somebody. `told_on`: when they said that these are all; None: nobody asked."""

    told_on: date | None = None
    citizen: frozenset[str] = frozenset()
    lived: tuple[tuple[str, date | None], ...] = ()  # country, last day there (None: still)


@dataclass(frozen=True)
class Case:
    """All that is written down about one worker; `needs`: what the rules ask on the day in question."""

    contracts: tuple[Contract, ...] = ()
    needs: tuple[Need, ...] = ()
    proofs: tuple[Proof, ...] = ()
    abroad: Abroad = field(default_factory=Abroad)


@dataclass(frozen=True)
class Reason:
    """`day`: until when it held, from when it holds, or since when it is waited for. None: never."""

    why: Why
    kind: str = ""
    country: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Holding:
    """What is there. `until` None: no end."""

    kind: str
    country: str
    until: date | None


@dataclass(frozen=True)
class Decision:
    """`until`: the last day on which "may" stands, as far as is written down; None: no end, or another answer."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    holds: tuple[Holding, ...] = ()
    until: date | None = None

    @property
    def may(self) -> bool:
        return self.verdict is Verdict.MAY


def decide(case: Case, on: date) -> Decision:
    """Whether the worker may be given the work of which `case.needs` tells, on this day."""
    reasons: list[Reason] = []
    holds: list[Holding] = []
    ends: list[date | None] = []
    for found in (_agreement(case.contracts, on), *_proofs(case, on)):
        if isinstance(found, Reason):
            reasons.append(found)
        else:
            ends.append(found.until)
            holds += [found] if found.kind else []
    if not reasons:
        return Decision(Verdict.MAY, (), tuple(holds), min((day for day in ends if day), default=None))
    return Decision(verdict_of(reasons), tuple(reasons), tuple(holds))


def verdict_of(reasons: Collection[Reason]) -> Verdict:
    """No, where anything says no; not known, where something is not known; else yes."""
    if all(reason.why in UNKNOWN for reason in reasons):
        return Verdict.NOT_KNOWN if reasons else Verdict.MAY
    return Verdict.MAY_NOT


def asked_for(case: Case, on: date) -> list[tuple[Need, str]]:
    """Each proof that is needed: with its country, or "" where it is of none."""
    found: list[tuple[Need, str]] = []
    for need in case.needs:
        found += [(need, country) for country in _countries(need, case.abroad, on)]
    return found


def _countries(need: Need, abroad: Abroad, on: date) -> list[str]:
    if need.per == CITIZENSHIP:
        return sorted(abroad.citizen - {need.besides})
    if need.per == LIVED:
        since = add_months(on, -12 * need.years) if need.years is not None else date.min
        recent = {country for country, last in abroad.lived if last is None or last >= since}
        return sorted(recent - abroad.citizen - {need.besides})
    return [""]


def _agreement(contracts: Iterable[Contract], on: date) -> Reason | Holding:
    every = list(contracts)
    running = [one for one in every if one.runs_on(on)]
    written = [one for one in running if one.writing_until is None or on <= one.writing_until]
    if written:
        # Which of two lasts longer decides until when somebody works here.
        return Holding("", "", _latest(one.holds_until for one in written))
    if running:
        return Reason(Why.UNWRITTEN, day=_latest(one.writing_until for one in running))
    ended = [one.last for one in every if one.last and one.last < on]
    later = [one.first for one in every if one.first and one.first > on]
    if later:
        return Reason(Why.NOT_BEGUN, day=min(later))
    return Reason(Why.ENDED, day=max(ended)) if ended else Reason(Why.NO_AGREEMENT)


def _latest(days: Iterable[date | None]) -> date | None:
    found = list(days)
    return None if None in found else max(day for day in found if day)


def answers(need: Need, country: str, proofs: Iterable[Proof]) -> list[Proof]:
    """What was answered about a need, the newest last; of one day what was found comes last."""
    counts = {CLEAR, FOUND, DECLARED} if need.declarable else {CLEAR, FOUND}
    mine = (one for one in proofs if (one.kind, one.country) == (need.kind, country) and one.result in counts)
    return sorted(mine, key=lambda one: (one.day, one.result == FOUND))


def clear_since(known: Sequence[Proof]) -> list[Proof]:
    """Of such answers those after the last finding: what it overtook does not come back."""
    found = [place for place, one in enumerate(known, start=1) if one.result == FOUND]
    return list(known[found[-1] :] if found else known)


def _proofs(case: Case, on: date) -> Iterator[Reason | Holding]:
    if (case.abroad.told_on is None or case.abroad.told_on > on) and any(
        need.per in (CITIZENSHIP, LIVED) for need in case.needs
    ):
        yield Reason(Why.COUNTRIES, day=case.abroad.told_on)
    for need, country in asked_for(case, on):
        yield _proof(need, country, case.proofs, on)


def _proof(need: Need, country: str, proofs: Iterable[Proof], on: date) -> Reason | Holding:
    """What the newest answer says. What was only asked for leaves the older answer standing."""
    every = answers(need, country, proofs)
    known = [one for one in every if one.day <= on]
    if known and known[-1].result == FOUND:
        return Reason(Why.FOUND, need.kind, country, known[-1].day)
    ends = [one.until(need) for one in clear_since(known)]
    if known and (_latest(ends) is None or _latest(ends) >= on):  # type: ignore[operator]
        return Holding(need.kind, country, _latest(ends))
    asked = [one.day for one in proofs if (one.kind, one.country, one.result) == (need.kind, country, ASKED)]
    waiting = [day for day in asked if day <= on and (not known or day >= known[-1].day)]
    if waiting:
        return Reason(Why.WAITING, need.kind, country, max(waiting))
    if known:
        return Reason(Why.RAN_OUT, need.kind, country, _latest(ends))
    later = [one.day for one in every if one.result != FOUND]
    return Reason(Why.LATER, need.kind, country, min(later)) if later else Reason(Why.MISSING, need.kind, country)
