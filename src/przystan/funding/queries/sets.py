"""Which supports a programme could pay for, counted over the ledger."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.rules.sql import Compiler, Condition, of_all, rows_of
from przystan.rules.telling import Told, may_ask, sensitive, told_by_rule
from przystan.rules.trees import EVERYONE, Rule

from ..models import Programme, TargetRule
from ..vocabulary import PAYERS
from .ledger import LEDGER, on_ledger
from .telling import EVERYBODY, Asking, Scope

STANDING = "s.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM support_support x WHERE x.reverses_id = s.id)"
THEIRS = (
    "EXISTS (SELECT 1 FROM support_supportperson x WHERE x.support_id = s.id) AND NOT EXISTS"
    " (SELECT 1 FROM support_supportperson x WHERE x.support_id = s.id AND NOT x.person_id = ANY(%(whom)s::bigint[]))"
)
UNPAID = "NOT EXISTS (SELECT 1 FROM funding_allocation a WHERE a.support_id = s.id)"


@dataclass(frozen=True)
class Counts:
    """Supports that fit a rule, do not, or cannot be decided because something is not known."""

    yes: int = 0
    unknown: int = 0
    no: int = 0


@dataclass(frozen=True)
class Preview:
    """What another rule would change: counts before and after, and how many supports change sides."""

    before: Counts
    after: Counts
    gained: int
    lost: int


def payable(programme: Programme, sql: Compiler, prefix: str = "pay") -> Condition:
    """Whether the programme can pay, for one row of `ledger.LEDGER`: dates, service, territory, the rule of the day.

    Limits are not in it: they depend on what was paid before. Two queries, for the rules and the services.
    """
    params: dict[str, Any] = {f"{prefix}_programme": programme.pk}
    parts = [*_dates(programme, prefix, params), f"s.service_id IN ({_services(prefix)})", _territory(prefix)]
    parts.append(_rules(programme, sql, prefix, params))
    return Condition(f"({' AND '.join(f'({part})' for part in parts)})", params)


def _dates(programme: Programme, prefix: str, params: dict[str, Any]) -> Iterable[str]:
    for name, sign, day in [("starts", ">=", programme.starts), ("ends", "<=", programme.ends)]:
        if day:
            params[f"{prefix}_{name}"] = day
            yield f"s.day {sign} %({prefix}_{name})s::date"


def _services(prefix: str) -> str:
    return f"SELECT service_id FROM funding_programme_services WHERE programme_id = %({prefix}_programme)s"


def _territory(prefix: str) -> str:
    """True when the point's town lies in it or none is set; NULL when the town is not known."""
    asked = (
        "FROM funding_programme_territory w JOIN reference_place t ON t.id = w.place_id"
        f" WHERE w.programme_id = %({prefix}_programme)s"
    )
    points = "SELECT o.id FROM team_point o LEFT JOIN reference_place h ON h.id = o.place_id WHERE"
    inside = f"{points} EXISTS (SELECT 1 {asked} AND jsonb_exists(h.path, t.code))"
    return (
        f"CASE WHEN NOT EXISTS (SELECT 1 {asked}) OR s.point_id IN ({inside}) THEN true"
        f" WHEN s.point_id IN ({points} h.id IS NOT NULL) THEN false END"
    )


def _rules(programme: Programme, sql: Compiler, prefix: str, params: dict[str, Any]) -> str:
    """The rule in force on the day of each support; NULL on days without one."""
    cases = []
    for at, row in enumerate(TargetRule.objects.filter(programme=programme).order_by("id")):
        condition = sql.compile(PAYERS.parse(row.tree), f"{prefix}_{at}")
        ends = {f"{prefix}_{at}_from": row.valid_from or date.min, f"{prefix}_{at}_to": row.valid_to or date.max}
        params.update(condition.params, **ends)
        first, last = (f"%({name})s::date" for name in ends)
        cases.append(f"WHEN s.day BETWEEN {first} AND {last} THEN {condition.sql}")
    return f"CASE {' '.join(cases)} END" if cases else "NULL::boolean"


def payable_ids(
    actor: Actor, programme: Programme, first: date, last: date, unpaid: bool = True, limit: int = 5000
) -> list[int]:
    """Supports of these days (ids, oldest first) that the programme surely can pay for: the bulk suggestion."""
    condition, scope = payable(programme, on_ledger()), _of_programme(actor, programme, first, last, unpaid)
    note_verdicts(actor, programme, scope)
    sql = (
        f"SELECT s.id FROM {LEDGER} WHERE {scope.sql}"
        f" GROUP BY s.id, s.day HAVING {of_all(condition.sql)} ORDER BY s.day, s.id LIMIT %(limit)s"
    )
    return [row[0] for row in rows_of(sql, condition.params | scope.params | {"limit": limit})]


def note_verdicts(actor: Actor, programme: Programme, scope: Condition) -> None:
    """Write down that the actor learns for which of these supports (a condition on `s`) the programme can pay.

    A yes or no tells something of each of their people; whoever may not know that of everybody is noted with each.
    """
    told = _told(programme)
    if may_ask(actor, told):
        Asking(actor).note(programme, Scope(told), purpose="preview")
    elif names := sensitive(told):
        sql = f"SELECT DISTINCT r.person_id FROM {LEDGER} WHERE r.person_id IS NOT NULL AND {scope.sql}"
        people = [row[0] for row in rows_of(sql, scope.params)]
        for person in Person.objects.filter(pk__in=people).only("ref").order_by("id"):
            audit.read(actor, person, names, purpose="payer")


def _told(programme: Programme) -> Told:
    """What it tells of somebody that the programme can pay for them, by any of its rules."""
    trees = TargetRule.objects.filter(programme=programme).order_by("id").values_list("tree", flat=True)
    return {name: tier for tree in trees for name, tier in told_by_rule(PAYERS.parse(tree)).items()}


def _of_programme(
    actor: Actor, programme: Programme, first: date, last: date, unpaid: bool, whom: Scope = EVERYBODY
) -> Condition:
    """What the programme surely cannot pay for by day or service is not looked at."""
    first, last = max(first, programme.starts or first), min(last, programme.ends or last)
    scope = _scope(actor, first, last, whom)
    sql = f"{scope.sql} AND s.service_id IN ({_services('pay')}){f' AND {UNPAID}' if unpaid else ''}"
    return Condition(sql, scope.params | {"pay_programme": programme.pk})


def preview(actor: Actor, programme: Programme, before: Rule | None, after: Rule, first: date, last: date) -> Preview:
    """What `after` instead of `before` (None: no rule) changes for the supports of these days that the programme's
    services cover, whoever paid for them. Of the people of whom the actor may have it; what tells is noted."""
    asking = Asking(actor)
    whom = asking.scope({**told_by_rule(before or EVERYONE), **told_by_rule(after)})
    asking.note(programme, whom, purpose="preview")
    compiler, scope = on_ledger(), _scope(actor, first, last, whom)
    old, new = compiler.compile(before or EVERYONE, "old"), compiler.compile(after, "new")
    sql = (
        f"SELECT b, a, count(*) FROM (SELECT {of_all(old.sql)} b, {of_all(new.sql)} a FROM {LEDGER}"
        f" WHERE {scope.sql} AND s.service_id IN ({_services('pay')}) GROUP BY s.id) each GROUP BY b, a"
    )
    rows = rows_of(sql, old.params | new.params | scope.params | {"pay_programme": programme.pk})
    if before is None:
        rows = [(None, after_value, count) for _, after_value, count in rows]
    return Preview(
        _counts((b, n) for b, _, n in rows),
        _counts((a, n) for _, a, n in rows),
        gained=sum(n for b, a, n in rows if a is True and b is not True),
        lost=sum(n for b, a, n in rows if b is True and a is not True),
    )


def _scope(actor: Actor, first: date, last: date, whom: Scope = EVERYBODY) -> Condition:
    """Standing supports of these days; where not of everybody, those that nobody else received."""
    sql = f"s.organisation_id = %(organisation)s AND s.day BETWEEN %(first)s AND %(last)s AND {STANDING}"
    params: dict[str, Any] = {"organisation": actor.organisation_id, "first": first, "last": last}
    if whom.people is None:
        return Condition(sql, params)
    return Condition(f"{sql} AND {THEIRS}", params | {"whom": list(whom.people)})


def _counts(pairs: Iterable[tuple[bool | None, int]]) -> Counts:
    totals: dict[bool | None, int] = {True: 0, None: 0, False: 0}
    for value, count in pairs:
        totals[value] += count
    return Counts(totals[True], totals[None], totals[False])


def verdicts_of(supports: Collection[int], programme: Programme) -> dict[int, bool | None]:
    """Whether the programme can pay for each of these supports (ids), without limits."""
    condition = payable(programme, on_ledger())
    sql = f"SELECT s.id, {of_all(condition.sql)} FROM {LEDGER} WHERE s.id = ANY(%(supports)s) GROUP BY s.id"
    return dict(rows_of(sql, condition.params | {"supports": list(supports)}))
