"""Deciding one case in three values: true, false, and None for "not known" (Kleene's logic)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from przystan.kernel.dates import age_on

from .facts import Facts, Held, Span
from .tree import All, Among, AnyOf, Between, Is, Leaf, Not, Rule, Within

Value = bool | None


@dataclass(frozen=True)
class Verdict:
    """A decided node and its parts, so that one can see which condition decided."""

    rule: Rule
    value: Value
    parts: tuple["Verdict", ...] = ()


@dataclass(frozen=True)
class Because:
    """A condition that decided: it is `value`, and the rule wanted it not to hold where `negated`."""

    leaf: Leaf
    value: Value
    negated: bool = False


def every(values: Iterable[Value]) -> Value:
    """Kleene's "and": false if any is, else not known if any is, else true."""
    seen = set(values)
    return False if False in seen else None if None in seen else True


def some(values: Iterable[Value]) -> Value:
    """Kleene's "or"."""
    seen = set(values)
    return True if True in seen else None if None in seen else False


def negation(value: Value) -> Value:
    """Kleene's "not"."""
    return None if value is None else not value


def decide(rule: Rule, facts: Facts) -> Verdict:
    """Whether the rule holds for these facts, with every part decided too."""
    match rule:
        case All(parts):
            decided = tuple(decide(part, facts) for part in parts)
            return Verdict(rule, every(part.value for part in decided), decided)
        case AnyOf(parts):
            decided = tuple(decide(part, facts) for part in parts)
            return Verdict(rule, some(part.value for part in decided), decided)
        case Not(part):
            inner = decide(part, facts)
            return Verdict(rule, negation(inner.value), (inner,))
        case _:
            return Verdict(rule, _holds(rule, facts))


def reasons(verdict: Verdict, negated: bool = False) -> list[Because]:
    """The conditions that made the verdict what it is, without those that could not change it."""
    match verdict.rule:
        case Not():
            return reasons(verdict.parts[0], not negated)
        case All() | AnyOf():
            deciding = [part for part in verdict.parts if part.value is verdict.value]
            # One true branch is enough for "any", one false part for "all"; the rest must be told whole.
            alone = verdict.value is True and isinstance(verdict.rule, AnyOf)
            found = [because for part in (deciding[:1] if alone else deciding) for because in reasons(part, negated)]
            return list(dict.fromkeys(found))
        case leaf:
            return [Because(leaf, verdict.value, negated)]


def _holds(leaf: Leaf, facts: Facts) -> Value:
    match leaf:
        case Among(fact, codes):
            known = codes_of(fact, facts)
            return bool(known & set(codes)) if known else None
        case Is(fact, wanted):
            found = truth_of(fact, facts)
            return None if found is None else found is wanted
        case Between(fact, least, most):
            numbers = numbers_of(fact, facts)
            return None if numbers is None else _inside(*numbers, least, most)
        case Within(_, first, last):
            return _inside(facts.arrived.earliest, facts.arrived.latest, first, last) if facts.arrived else None


def _inside(low: date | int, high: date | int, least: date | int | None, most: date | int | None) -> Value:
    """Whether all, none or some of low..high lies in least..most."""
    above = True if least is None or low >= least else False if high < least else None  # type: ignore[operator]
    below = True if most is None or high <= most else False if low > most else None  # type: ignore[operator]
    return every((above, below))


def codes_of(fact: str, facts: Facts) -> set[str]:
    """The codes that a fact has; empty when it is not known."""
    match fact:
        case "citizenship_class":
            return _codes([facts.citizenship_class] if facts.citizenship_class else [])
        case "citizenship":
            return _codes(facts.citizenships)
        case "residence_title":
            return _codes(facts.titles)
        case "residence_class":
            return {title.title_class for title in facts.titles}
        case "place":
            return _codes(facts.places)
        case _:
            value = {"sex": facts.sex, "point": facts.point, "service": facts.service}[fact]
            return {value} if value else set()


def _codes(held: Iterable[Held]) -> set[str]:
    return {one.code for one in held}


def truth_of(fact: str, facts: Facts) -> Value:
    """The answer of a yes-or-no fact: legal stay by any title, a minor in the household."""
    if fact == "legal_stay":
        return any(title.legal for title in facts.titles) if facts.titles else None
    return facts.household.has_minor if facts.household else None


def numbers_of(fact: str, facts: Facts) -> tuple[int, int] | None:
    """The least and the greatest number that a fact can be on the day; None when not known."""
    if fact == "age":
        return _ages(facts.day, facts.born)
    if fact == "days_since_arrival":
        span = facts.arrived
        return ((facts.day - span.latest).days, (facts.day - span.earliest).days) if span else None
    return (facts.household.size, facts.household.size) if facts.household else None


def _ages(day: date, born: Span | None) -> tuple[int, int] | None:
    return (age_on(day, born.latest), age_on(day, born.earliest)) if born else None
