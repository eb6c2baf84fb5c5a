"""A rule as SQL, for sets: true, false, or NULL where `funding.rules.decide` says "not known".

Use it beside the ledger, with these aliases; the person may be missing (anonymous: facts are then not known):

    FROM support_support s
    LEFT JOIN support_supportperson r ON r.support_id = s.id
    LEFT JOIN people_person p ON p.id = r.person_id

The text holds named placeholders, so conditions of several rules can stand in one statement: give each its own
prefix and join the parameters. One row per recipient: `of_support` folds the rows of a support into one value.
"""

# ruff: noqa: S608 (texts are put together from constants of this file; every value is a parameter)

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from przystan.access.scope import counting
from przystan.reference.models import CountryGroup

from ..rules import CLASSES, All, Among, AnyOf, Between, Is, Leaf, Membership, Not, Rule, Within
from ..rules.citizenship import FREE_MOVEMENT, POLAND, STATELESS
from ..rules.tree import HIGHEST

LEDGER = (
    "support_support s LEFT JOIN support_supportperson r ON r.support_id = s.id"
    " LEFT JOIN people_person p ON p.id = r.person_id"
)
UNKNOWN_TITLE = "title_class = 'unknown'"
COSTS = {"service": 0, "point": 0, "sex": 1, "age": 1, "arrived_on": 1, "days_since_arrival": 1}


@dataclass(frozen=True)
class Condition:
    """SQL of a boolean expression and the parameters it names."""

    sql: str
    params: dict[str, Any]


def memberships() -> list[Membership]:
    """Every country's time in the EU, the EEA or the agreement with Switzerland. One small query."""
    rows = CountryGroup.objects.filter(group__in=FREE_MOVEMENT).order_by("id")
    return [Membership(*row) for row in rows.values_list("country", "valid_from", "valid_to")]


def compile_rule(rule: Rule, free: Iterable[Membership], prefix: str = "r") -> Condition:
    """The rule over the aliases `s` (support) and `p` (person). `free` comes from `memberships()`."""
    compiler = _Compiler(prefix, list(free))
    sql = compiler.node(rule)
    return Condition(sql, compiler.params)


def of_support(value: str) -> str:
    """Aggregate, grouped by support: false if one recipient is refused, NULL if one is not known, else true."""
    # Each row's value is asked for once: false 0, not known 1, true 2; the least decides.
    return f"CASE min(coalesce(({value})::int * 2, 1)) WHEN 0 THEN false WHEN 2 THEN true END"


def rows_of(sql: str, params: dict[str, Any], *, also: str = "") -> list[tuple[Any, ...]]:
    """Every row of a statement over the ledger. `also`: more settings of the database for it."""
    with transaction.atomic(), counting(), connection.cursor() as cursor:
        # Compiling such long expressions takes PostgreSQL twenty times longer than it saves.
        cursor.execute(f"SET LOCAL jit = off; {also}")
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def counted(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Like `rows_of`, with enough memory to count a million entries without files."""
    return rows_of(sql, params, also="SET LOCAL work_mem = '64MB'; SET LOCAL random_page_cost = 1.1")


def on_day(alias: str) -> str:
    """Dated rows in force on the day of the support."""
    return (
        f"({alias}.valid_from IS NULL OR {alias}.valid_from <= s.day)"
        f" AND ({alias}.valid_to IS NULL OR {alias}.valid_to >= s.day)"
    )


@dataclass
class _Compiler:
    prefix: str
    free: list[Membership]
    params: dict[str, Any] = field(default_factory=dict)

    def name(self, value: object) -> str:
        """A placeholder for a value."""
        key = f"{self.prefix}_{len(self.params)}"
        self.params[key] = value
        return f"%({key})s"

    def node(self, rule: Rule) -> str:
        match rule:
            case All(parts):
                return self.joined(parts, " AND ", "true")
            case AnyOf(parts):
                return self.joined(parts, " OR ", "false")
            case Not(part):
                return f"NOT {self.node(part)}"
            case leaf:
                return f"({self.leaf(leaf)})"

    def joined(self, parts: tuple[Rule, ...], word: str, empty: str) -> str:
        # Cheap conditions first: PostgreSQL stops at the first that settles it.
        return f"({word.join(self.node(part) for part in sorted(parts, key=_cost))})" if parts else empty

    def leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Among(fact, codes):
                return self.among(fact, list(codes))
            case Is(fact, value):
                truth = self.legal_stay() if fact == "legal_stay" else HAS_MINOR
                return truth if value else f"NOT {truth}"
            case Between(fact, least, most):
                return self.between(fact, least, most)
            case Within(_, first, last):
                return _bounds("p.arrived_from", "p.arrived_to", self.date(first), self.date(last))

    def date(self, day: date | None) -> str | None:
        return f"{self.name(day)}::date" if day else None

    def among(self, fact: str, codes: list[str]) -> str:
        match fact:
            case "citizenship_class":
                # An unknown class is 0, which nobody has: of an empty list SQL says "no" even where nothing is known.
                ranks = [CLASSES.index(code) + 1 if code in CLASSES else 0 for code in codes]
                return f"{self.citizenship_class()} = ANY({self.name(ranks)}::int[])"
            case "citizenship":
                return _some(f"c.country = ANY({self.name(codes)})", "people_citizenship c", "c")
            case "residence_title":
                return _some(_title(f"code = ANY({self.name(codes)})"), "people_titleheld h", "h", KNOWN)
            case "residence_class":
                return _some(_title(f"title_class = ANY({self.name(codes)})"), "people_titleheld h", "h", KNOWN)
            case "place":
                inside = f"SELECT id FROM reference_place WHERE jsonb_exists_any(path, {self.name(codes)})"
                return _some(f"d.place_id = ANY(ARRAY({inside}))", "people_dwelling d", "d")
            case "sex":
                return f"NULLIF(p.sex, 'unknown') = ANY({self.name(codes)})"
            case "point":
                return f"s.point_id IN (SELECT id FROM team_point WHERE code = ANY({self.name(codes)}))"
            case _:
                return f"s.service_id IN (SELECT id FROM support_service WHERE code = ANY({self.name(codes)}))"

    def citizenship_class(self) -> str:
        rank = (
            f"CASE WHEN c.country = '{POLAND}' THEN 1 WHEN c.country = '{STATELESS}' THEN 4"
            f" WHEN {self.moves_freely()} THEN 2 ELSE 3 END"
        )
        return f"(SELECT min({rank}) FROM people_citizenship c WHERE c.person_id = p.id AND {on_day('c')})"

    def moves_freely(self) -> str:
        """Countries that came and went on the same days are asked together."""
        together: dict[tuple[date | None, date | None], list[str]] = defaultdict(list)
        for one in self.free:
            together[one.valid_from, one.valid_to].append(one.country)
        asked = []
        for (first, last), countries in together.items():
            days = [f"s.day >= {self.date(first)}"] if first else []
            days += [f"s.day <= {self.date(last)}"] if last else []
            asked.append(" AND ".join([f"c.country = ANY({self.name(countries)})", *days]))
        return " OR ".join(asked) or "false"

    def legal_stay(self) -> str:
        return _some(_title("legal_stay"), "people_titleheld h", "h", KNOWN)

    def between(self, fact: str, least: int | None, most: int | None) -> str:
        match fact:
            case "age":
                # At least n years old: born on or before the same day n years ago.
                first = None if most is None else f"{self.years_before(most + 1)} + interval '1 day'"
                last = None if least is None else self.years_before(least)
                return _bounds("p.birth_from", "p.birth_to", first, last)
            case "days_since_arrival":
                first = None if most is None else f"s.day - {self.name(most)}::int"
                last = None if least is None else f"s.day - {self.name(least)}::int"
                return _bounds("p.arrived_from", "p.arrived_to", first, last)
            case _:
                ends = self.name(least or 0), self.name(HIGHEST[fact] if most is None else most)
                return f"{HOUSEHOLD_SIZE} BETWEEN {ends[0]} AND {ends[1]}"

    def years_before(self, years: int) -> str:
        return f"s.day - make_interval(years => {self.name(years)})"


def _cost(rule: Rule) -> int:
    match rule:
        case All(parts) | AnyOf(parts):
            return sum(map(_cost, parts))
        case Not(part):
            return _cost(part)
        case leaf:
            return COSTS.get(leaf.fact, 10)


def _some(test: str, rows: str, dated: str, also: str = "") -> str:
    """Whether one of a person's rows on the day passes; NULL when there is none."""
    return f"(SELECT bool_or({test}) FROM {rows} WHERE {dated}.person_id = p.id AND {on_day(dated)}{also})"


def _title(test: str) -> str:
    """Whether the title `h` is one of those that pass: found once, not joined for every person."""
    return f"h.title_id = ANY(ARRAY(SELECT id FROM reference_residencetitle WHERE {test}))"


def _bounds(earliest: str, latest: str, first: str | None, last: str | None) -> str:
    """Whether all, none or some (NULL) of earliest..latest lies in first..last."""
    parts = []
    if first:
        parts.append(f"CASE WHEN {earliest} >= {first} THEN true WHEN {latest} < {first} THEN false END")
    if last:
        parts.append(f"CASE WHEN {latest} <= {last} THEN true WHEN {earliest} > {last} THEN false END")
    return " AND ".join(f"({part})" for part in parts)


# A title that nobody could make out says nothing about a person's stay.
KNOWN = f" AND NOT {_title(UNKNOWN_TITLE)}"
TOGETHER = (
    "people_householdmember m JOIN people_householdmember o ON o.household_id = m.household_id"
    " JOIN people_person q ON q.id = o.person_id"
    f" WHERE m.person_id = p.id AND {on_day('m')} AND {on_day('o')}"
)
HOUSEHOLD_SIZE = f"(SELECT NULLIF(count(DISTINCT o.person_id), 0) FROM {TOGETHER})"
ADULT_BORN = "s.day - interval '18 years'"
HAS_MINOR = (
    f"(SELECT CASE WHEN bool_or(q.birth_from > {ADULT_BORN}) THEN true"
    f" WHEN bool_and(coalesce(q.birth_to <= {ADULT_BORN}, false)) THEN false END FROM {TOGETHER})"
)
