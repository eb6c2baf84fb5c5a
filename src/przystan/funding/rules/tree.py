"""The rule tree: its nodes, and reading and writing it as JSON."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Union

DEEPEST, MOST = 12, 300  # a rule that nobody can read is a mistake, or an attack


class Kind(StrEnum):
    """What may be asked of a fact."""

    CODES = "codes"  # {"in": [codes]}
    YES_NO = "yes_no"  # {"is": true}
    NUMBER = "number"  # {"at_least": n, "at_most": n}, either or both
    DAY = "day"  # {"from": day, "to": day}, either or both


@dataclass(frozen=True)
class Fact:
    """A fact that rules speak of. `reads`: the field it is read from, whose declared tier says how sensitive it is."""

    kind: Kind
    reads: str


FACTS = {
    "citizenship_class": Fact(Kind.CODES, "people.Citizenship.country"),
    "citizenship": Fact(Kind.CODES, "people.Citizenship.country"),
    "residence_class": Fact(Kind.CODES, "people.TitleHeld.title"),
    "residence_title": Fact(Kind.CODES, "people.TitleHeld.title"),
    "legal_stay": Fact(Kind.YES_NO, "people.TitleHeld.title"),
    "age": Fact(Kind.NUMBER, "people.Person.birth"),
    "sex": Fact(Kind.CODES, "people.Person.sex"),
    "place": Fact(Kind.CODES, "people.Dwelling.place"),
    "arrived_on": Fact(Kind.DAY, "people.Person.arrived"),
    "days_since_arrival": Fact(Kind.NUMBER, "people.Person.arrived"),
    "household_size": Fact(Kind.NUMBER, "people.HouseholdMember.valid_from"),
    "household_has_minor": Fact(Kind.YES_NO, "people.HouseholdMember.valid_from"),
    "point": Fact(Kind.CODES, "support.Support.point"),
    "service": Fact(Kind.CODES, "support.Support.service"),
}
HIGHEST = {"age": 150, "days_since_arrival": 40_000, "household_size": 1000}


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

    fact: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Is:
    """The fact is as stated."""

    fact: str
    value: bool


@dataclass(frozen=True)
class Between:
    """A whole number, both ends included; None is open."""

    fact: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Within:
    """A day, both ends included; None is open."""

    fact: str
    first: date | None = None
    last: date | None = None


Leaf = Among | Is | Between | Within
Rule = Union[All, AnyOf, Not, Among, Is, Between, Within]  # noqa: UP007 (recursive, named in quotes above)


def parse(tree: object) -> Rule:
    """The rule that a JSON tree means; RuleError with the path of the first fault."""
    return _Reader().node(tree, "", 0)


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
            return {"fact": fact, "in": list(codes)}
        case Is(fact, value):
            return {"fact": fact, "is": value}
        case Between(fact, least, most):
            ends = {"at_least": least, "at_most": most}
            return {"fact": fact, **{key: end for key, end in ends.items() if end is not None}}
        case Within(fact, first, last):
            days = {"from": first, "to": last}
            return {"fact": fact, **{key: day.isoformat() for key, day in days.items() if day is not None}}


class _Reader:
    """Reads one tree, counting its nodes."""

    def __init__(self) -> None:
        self.nodes = 0

    def node(self, tree: object, path: str, depth: int) -> Rule:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST:
            raise RuleError(path, "too_big")
        if not isinstance(tree, Mapping) or not all(isinstance(key, str) for key in tree):
            raise RuleError(path, "not_a_condition")
        if "fact" in tree:
            return _leaf(tree, path)
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


def _step(path: str, word: str) -> str:
    return f"{path}.{word}" if path else word


def _leaf(tree: Mapping[str, object], path: str) -> Rule:
    fact = tree["fact"]
    if not isinstance(fact, str) or fact not in FACTS:
        raise RuleError(path, "unknown_fact", str(fact)[:60])
    asked = {key: value for key, value in tree.items() if key != "fact"}
    match FACTS[fact].kind:
        case Kind.CODES:
            return _among(fact, asked, path)
        case Kind.YES_NO:
            return _is(fact, asked, path)
        case Kind.NUMBER:
            return _between(fact, asked, path)
        case Kind.DAY:
            return _within(fact, asked, path)


def _only(asked: Mapping[str, object], allowed: set[str], path: str) -> None:
    if strange := sorted(set(asked) - allowed):
        raise RuleError(path, "unknown_word", ", ".join(strange)[:60])
    if not asked:
        raise RuleError(path, "nothing_asked")


def _among(fact: str, asked: Mapping[str, object], path: str) -> Among:
    _only(asked, {"in"}, path)
    codes = asked["in"]
    if not isinstance(codes, list | tuple) or not codes:
        raise RuleError(path, "no_codes")
    for code in codes:
        if not isinstance(code, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", code):
            raise RuleError(path, "bad_code", str(code)[:60])
    return Among(fact, tuple(dict.fromkeys(codes)))


def _is(fact: str, asked: Mapping[str, object], path: str) -> Is:
    _only(asked, {"is"}, path)
    value = asked["is"]
    if not isinstance(value, bool):
        raise RuleError(path, "not_yes_or_no")
    return Is(fact, value)


def _between(fact: str, asked: Mapping[str, object], path: str) -> Between:
    _only(asked, {"at_least", "at_most"}, path)
    least, most = _number(fact, asked.get("at_least"), path), _number(fact, asked.get("at_most"), path)
    if least is not None and most is not None and least > most:
        raise RuleError(path, "ends_before_it_begins")
    if least is None and most is None:
        raise RuleError(path, "nothing_asked")
    return Between(fact, least, most)


def _number(fact: str, value: object, path: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST[fact]:
        raise RuleError(path, "not_a_number", str(value)[:20])
    return value


def _within(fact: str, asked: Mapping[str, object], path: str) -> Within:
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
