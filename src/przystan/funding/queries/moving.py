"""Moving supports between payers: what can move, and what it does to every indicator."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from przystan.access.actors import Actor
from przystan.support.models import LedgerPeriod, Support

from ..enums import Counted
from ..models import Indicator, Programme
from ..rules import EVERYONE, Membership, parse
from .sets import STANDING, verdicts_of
from .sql import LEDGER, compile_rule, memberships, rows_of


@dataclass(frozen=True)
class Movable:
    """A support that may move: its payer now, whether the new payer can pay, whether its period is closed."""

    support_id: int
    programme_id: int | None
    verdict: bool | None
    closed: bool


@dataclass(frozen=True)
class Shift:
    """An indicator before and after a move. Hours are whole hours."""

    indicator: Indicator
    before: int
    after: int


def movable(actor: Actor, supports: Collection[int], to: Programme | None) -> list[Movable]:
    """The actor's supports among these ids, with what the new payer may do (True where `to` is None)."""
    closed = LedgerPeriod.objects.filter(
        organisation=OuterRef("organisation"), starts__lte=OuterRef("booked_on"), ends__gte=OuterRef("booked_on")
    )
    mine = Support.objects.seen_by(actor).filter(pk__in=supports).annotate(closed=Exists(closed)).order_by("id")
    rows = list(mine.values_list("pk", "allocation__programme_id", "closed"))
    verdicts = verdicts_of([pk for pk, _, _ in rows], to) if to else {}
    return [Movable(pk, payer, verdicts.get(pk, to is None), shut) for pk, payer, shut in rows]


def effect(actor: Actor, rows: Collection[Movable], to: Programme | None) -> list[Shift]:
    """Every indicator that moving these supports would change, of the payers that lose and the one that gains."""
    losing = {row.programme_id for row in rows if row.programme_id and (not to or row.programme_id != to.pk)}
    going = [row.support_id for row in rows if not to or row.programme_id != to.pk]
    free, shifts = memberships(), []
    for programme in Programme.objects.seen_by(actor).filter(pk__in=losing).order_by("rank", "id"):
        shifts += _shifts(programme, going, [], free)
    if to:
        shifts += _shifts(to, [], going, free)
    return [shift for shift in shifts if shift.before != shift.after]


COUNTS = {
    Counted.PEOPLE: "count(DISTINCT r.person_id)",
    Counted.SUPPORTS: "count(DISTINCT s.id)",
    Counted.HOURS: "sum(s.minutes * CASE WHEN r.id IS NULL THEN s.headcount ELSE 1 END)",
    Counted.HOUSEHOLDS: "count(DISTINCT r.household_id)",
}


def _shifts(programme: Programme, out: list[int], into: list[int], free: list[Membership]) -> list[Shift]:
    """One pass over what the programme pays for, and what it would pay for."""
    indicators = list(
        Indicator.objects.filter(programme=programme).prefetch_related("services").order_by("position", "id")
    )
    params: dict[str, Any] = {"programme": programme.pk, "out": out, "into": into}
    columns = []
    for at, indicator in enumerate(indicators):
        for paid in ("a.support_id IS NOT NULL", _AFTER):
            columns.append(_column(indicator, f"i{at}", paid, free, params))
    if not columns:
        return []
    sql = (
        f"SELECT {', '.join(columns)} FROM {LEDGER} LEFT JOIN funding_allocation a"
        " ON a.support_id = s.id AND a.programme_id = %(programme)s"
        f" WHERE (a.support_id IS NOT NULL OR s.id = ANY(%(into)s)) AND {STANDING}"
    )
    values = rows_of(sql, params)[0]
    return [
        Shift(one, *(_whole(one, value) for value in values[2 * at : 2 * at + 2])) for at, one in enumerate(indicators)
    ]


def _whole(indicator: Indicator, value: int | None) -> int:
    return round((value or 0) / 60) if indicator.counted == Counted.HOURS else int(value or 0)


_AFTER = "NOT s.id = ANY(%(out)s)"


def _column(indicator: Indicator, prefix: str, paid: str, free: list[Membership], params: dict[str, Any]) -> str:
    condition = compile_rule(parse(indicator.where) if indicator.where else EVERYONE, free, prefix)
    params.update(condition.params, **{f"{prefix}_services": [service.pk for service in indicator.services.all()]})
    of_service = f"(%({prefix}_services)s::bigint[] = '{{}}' OR s.service_id = ANY(%({prefix}_services)s::bigint[]))"
    return f"{COUNTS[Counted(indicator.counted)]} FILTER (WHERE {paid} AND {of_service} AND {condition.sql})"
