"""Deciding one case in three values: true, false, and None for "not known" (Kleene's logic)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .facts import Situation
from .trees import All, Among, AnyOf, Between, Is, Leaf, Not, Rule, Within

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


def decide(rule: Rule, situation: Situation) -> Verdict:
    """Whether the rule holds here, with every part decided too."""
    match rule:
        case All(parts):
            decided = tuple(decide(part, situation) for part in parts)
            return Verdict(rule, every(part.value for part in decided), decided)
        case AnyOf(parts):
            decided = tuple(decide(part, situation) for part in parts)
            return Verdict(rule, some(part.value for part in decided), decided)
        case Not(part):
            inner = decide(part, situation)
            return Verdict(rule, negation(inner.value), (inner,))
        case _:
            return Verdict(rule, _holds(rule, situation))


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


def _holds(leaf: Leaf, situation: Situation) -> Value:
    known = situation.value(leaf.fact)
    if known is None:
        return None
    match leaf:
        case Among(_, codes):
            return bool(set(known) & set(codes)) if known else None
        case Is(_, wanted):
            return bool(known) is wanted
        case Between(_, least, most):
            return _inside(known, least, most)
        case Within(_, first, last):
            return _inside(known, first, last)


def _inside(known: tuple[Any, Any], least: Any, most: Any) -> Value:
    """Whether all, none or some of low..high lies in least..most."""
    low, high = known
    above = True if least is None or low >= least else False if high < least else None
    below = True if most is None or high <= most else False if low > most else None
    return every((above, below))
