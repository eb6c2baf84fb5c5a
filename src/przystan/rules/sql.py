"""A rule as SQL, for sets: true, false, or NULL where `deciding.decide` says "not known".

Who asks says where each thing stands in the statement and which expression is the day; `funding.queries.ledger` does
for the ledger. The text holds named placeholders, so conditions of several rules can stand in one statement: give each
its own prefix and join the parameters.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from przystan.access.scope import counted
from przystan.access.statements import Statement

from .facts import Fact
from .trees import All, AnyOf, Not, Rule, leaves_of

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Condition:
    """SQL of a boolean expression and the parameters it names."""

    sql: str
    params: dict[str, Any]


class Compiler:
    """Makes conditions for one kind of statement. What facts look up for it is looked up once.

    `day`: SQL of the day on which facts are read, "s.day". `rows`: thing -> alias of its row, {"person": "p"}; it may
    be missing (LEFT JOIN), and its facts are then not known.
    """

    def __init__(self, day: str, rows: Mapping[str, str]) -> None:
        self.day, self.rows = day, rows
        self._looked_up: dict[Callable[[], Any], Any] = {}

    def compile(self, rule: Rule, prefix: str = "r") -> Condition:
        """The rule over these rows."""
        params: dict[str, Any] = {}
        return Condition(self._node(rule, prefix, params), params)

    def once(self, look_up: Callable[[], T]) -> T:
        """What a function without arguments reads, read when it is first needed."""
        if look_up not in self._looked_up:
            self._looked_up[look_up] = look_up()
        found: T = self._looked_up[look_up]
        return found

    def _node(self, rule: Rule, prefix: str, params: dict[str, Any]) -> str:
        match rule:
            case All(parts):
                return self._joined(parts, " AND ", "true", prefix, params)
            case AnyOf(parts):
                return self._joined(parts, " OR ", "false", prefix, params)
            case Not(part):
                return f"NOT {self._node(part, prefix, params)}"
            case leaf:
                return f"({leaf.fact.sql(leaf, At(self, leaf.fact, prefix, params))})"

    def _joined(self, parts: tuple[Rule, ...], word: str, empty: str, prefix: str, params: dict[str, Any]) -> str:
        # Cheap conditions first: PostgreSQL stops at the first that settles it.
        texts = [self._node(part, prefix, params) for part in sorted(parts, key=_cost)]
        return f"({word.join(texts)})" if texts else empty


def _cost(rule: Rule) -> int:
    return sum(leaf.fact.cost for leaf in leaves_of(rule))


@dataclass(frozen=True)
class At:
    """Where a condition on a fact stands in a statement: what its SQL may name."""

    compiler: Compiler
    fact: Fact
    prefix: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """The day on which the fact is read."""
        return self.compiler.day

    @property
    def row(self) -> str:
        """The alias of the row of what the fact is about."""
        return self.compiler.rows[self.fact.of]

    def name(self, value: object) -> str:
        """A placeholder for a value."""
        key = f"{self.prefix}_{len(self.params)}"
        self.params[key] = value
        return f"%({key})s"

    def date(self, day: date | None) -> str | None:
        """A placeholder for a day; None for an open end."""
        return f"{self.name(day)}::date" if day else None

    def once(self, look_up: Callable[[], T]) -> T:
        """See `Compiler.once`."""
        return self.compiler.once(look_up)


def on_day(alias: str, day: str) -> str:
    """Dated rows in force on a day."""
    return (
        f"({alias}.valid_from IS NULL OR {alias}.valid_from <= {day})"
        f" AND ({alias}.valid_to IS NULL OR {alias}.valid_to >= {day})"
    )


def inside(earliest: str, latest: str, first: str | None, last: str | None) -> str:
    """Whether all, none or some (NULL) of earliest..latest lies in first..last."""
    parts = []
    if first:
        parts.append(f"CASE WHEN {earliest} >= {first} THEN true WHEN {latest} < {first} THEN false END")
    if last:
        parts.append(f"CASE WHEN {latest} <= {last} THEN true WHEN {earliest} > {last} THEN false END")
    return " AND ".join(f"({part})" for part in parts)


def of_all(value: str) -> str:
    """Aggregate over the rows of a group: false if one is refused, NULL if one is not known, else true."""
    # Each row's value is asked for once: false 0, not known 1, true 2; the least decides.
    return f"CASE min(coalesce(({value})::int * 2, 1)) WHEN 0 THEN false WHEN 2 THEN true END"


def rows_of(sql: str, params: dict[str, Any], *, also: str = "") -> list[tuple[Any, ...]]:
    """Every row of a statement with conditions in it, of everybody. `also`: more settings of the database for it.

    For numbers, and verdicts without reasons: see `access.scope.counted`. In a transaction.
    """
    # Compiling such long expressions takes PostgreSQL twenty times longer than it saves.
    return counted(Statement(sql, params), Statement(f"SET LOCAL jit = off; {also}".rstrip("; "), {}))
