"""The rule tree: its nodes, and reading and writing it as JSON. Plain Python.

A tree is kept as JSON: {"all": [...]}, {"any": [...]}, {"not": {...}}, or a condition such as
{"fact": "age", "at_least": 18}. `parse` reads it, `deciding` answers for one case and says why, `sql` answers for sets.
Both must always agree (tests/rules/test_agreement.py).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Union

from .facts import Fact, ValueKind

DEEPEST, MOST = 12, 300  # a rule that nobody can read is a mistake, or an attack


class RuleError(ValueError):
    """A tree that is no rule. `path` leads to the fault ("any.2.not"), `code` and `detail` name it."""

    def __init__(self, path: str, code: str, detail: str = "") -> None:
        self.path, self.code, self.detail = path, code, detail
        super().__init__(f"{path or 'rule'}: {code.replace('_', ' ')}{f' ({detail})' if detail else ''}")


@dataclass(frozen=True)
class All:
    """Each part holds. Without parts: everyone."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds. Without parts: no one."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Rule"


@dataclass(frozen=True)
class Among:
    """The fact, or one of its values, is one of these codes."""

    fact: Fact
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Is:
    """The fact is as stated."""

    fact: Fact
    value: bool


@dataclass(frozen=True)
class Between:
    """A whole number, both ends included; None is open."""

    fact: Fact
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Within:
    """A day, both ends included; None is open."""

    fact: Fact
    first: date | None = None
    last: date | None = None


Leaf = Among | Is | Between | Within
Rule = Union[All, AnyOf, Not, Among, Is, Between, Within]  # noqa: UP007 (recursive, named in quotes above)


EVERYONE = All(())


def parse(tree: object, facts: Mapping[str, Fact]) -> Rule:
    """The rule over these facts (by code) that a JSON tree means; RuleError with the path of the first fault."""
    return _Reader(facts).node(tree, "", 0)


def leaves_of(rule: Rule) -> Iterator[Leaf]:
    """Every condition of a rule, from left to right."""
    match rule:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves_of(part)
        case Not(part):
            yield from leaves_of(part)
        case leaf:
            yield leaf


def facts_of(rule: Rule) -> set[Fact]:
    """The facts that a rule speaks of."""
    return {leaf.fact for leaf in leaves_of(rule)}


def dump(rule: Rule) -> dict[str, object]:
    """The JSON tree of a rule; `parse` of it gives the rule back."""
    match rule:
        case All(parts):
            return {"all": [dump(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [dump(part) for part in parts]}
        case Not(part):
            return {"not": dump(part)}
        case Among(fact, codes):
            return {"fact": fact.code, "in": list(codes)}
        case Is(fact, value):
            return {"fact": fact.code, "is": value}
        case Between(fact, least, most):
            ends = {"at_least": least, "at_most": most}
            return {"fact": fact.code, **{key: end for key, end in ends.items() if end is not None}}
        case Within(fact, first, last):
            days = {"from": first, "to": last}
            return {"fact": fact.code, **{key: day.isoformat() for key, day in days.items() if day is not None}}


class _Reader:
    """Reads one tree, counting its nodes."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = facts
        self.nodes = 0

    def node(self, tree: object, path: str, depth: int) -> Rule:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST:
            raise RuleError(path, "too_big")
        if not isinstance(tree, Mapping) or not all(isinstance(key, str) for key in tree):
            raise RuleError(path, "not_a_condition")
        if "fact" in tree:
            return self.leaf(tree, path)
        if len(tree) != 1 or (word := next(iter(tree))) not in ("all", "any", "not"):
            raise RuleError(path, "not_a_condition", ", ".join(sorted(tree)))
        if word == "not":
            return Not(self.node(tree["not"], _step(path, "not"), depth + 1))
        parts = self.parts(tree[word], _step(path, word), depth)
        return All(parts) if word == "all" else AnyOf(parts)

    def parts(self, parts: object, path: str, depth: int) -> tuple[Rule, ...]:
        if not isinstance(parts, list | tuple):
            raise RuleError(path, "not_a_list")
        return tuple(self.node(part, _step(path, str(at)), depth + 1) for at, part in enumerate(parts, 1))

    def leaf(self, tree: Mapping[str, object], path: str) -> Leaf:
        named = tree["fact"]
        fact = self.facts.get(named) if isinstance(named, str) else None
        if fact is None:
            raise RuleError(path, "unknown_fact", str(named)[:60])
        return _READ[fact.kind](fact, {key: value for key, value in tree.items() if key != "fact"}, path)


def _step(path: str, word: str) -> str:
    return f"{path}.{word}" if path else word


def _only(asked: Mapping[str, object], allowed: set[str], path: str) -> None:
    if strange := sorted(set(asked) - allowed):
        raise RuleError(path, "unknown_word", ", ".join(strange)[:60])
    if not asked:
        raise RuleError(path, "nothing_asked")


def _among(fact: Fact, asked: Mapping[str, object], path: str) -> Among:
    _only(asked, {"in"}, path)
    codes = asked["in"]
    if not isinstance(codes, list | tuple) or not codes:
        raise RuleError(path, "no_codes")
    for code in codes:
        if not isinstance(code, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", code):
            raise RuleError(path, "bad_code", str(code)[:60])
    return Among(fact, tuple(dict.fromkeys(codes)))


def _is(fact: Fact, asked: Mapping[str, object], path: str) -> Is:
    _only(asked, {"is"}, path)
    value = asked["is"]
    if not isinstance(value, bool):
        raise RuleError(path, "not_yes_or_no")
    return Is(fact, value)


def _between(fact: Fact, asked: Mapping[str, object], path: str) -> Between:
    _only(asked, {"at_least", "at_most"}, path)
    least, most = _number(fact, asked.get("at_least"), path), _number(fact, asked.get("at_most"), path)
    if least is not None and most is not None and least > most:
        raise RuleError(path, "ends_before_it_begins")
    if least is None and most is None:
        raise RuleError(path, "nothing_asked")
    return Between(fact, least, most)


def _number(fact: Fact, value: object, path: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= fact.highest:
        raise RuleError(path, "not_a_number", str(value)[:20])
    return value


def _within(fact: Fact, asked: Mapping[str, object], path: str) -> Within:
    _only(asked, {"from", "to"}, path)
    first, last = _day(asked.get("from"), path), _day(asked.get("to"), path)
    if first and last and first > last:
        raise RuleError(path, "ends_before_it_begins")
    if not first and not last:
        raise RuleError(path, "nothing_asked")
    return Within(fact, first, last)


def _day(value: object, path: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise RuleError(path, "not_a_day", str(value)[:20])


_READ: dict[ValueKind, Callable[[Fact, Mapping[str, object], str], Leaf]] = {
    ValueKind.CODES: _among,
    ValueKind.YES_NO: _is,
    ValueKind.NUMBER: _between,
    ValueKind.DAY: _within,
}
