"""All indicators of all programmes in one statement.

Most indicators count whole services: these are counted together in two passes over the ledger, in which every
indicator of a programme is a bit of a mask. The others (households, conditions) are asked one by one with
`counting.units`, in the same statement, so that all numbers are of one moment. What is counted, and why, is told in
`counting`; tests/reports hold both ways against each other.
"""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection, transaction

from przystan.access.actors import Actor
from przystan.support.models import Service

from ..enums import Counted
from ..models import Indicator, Programme
from ..rules import Membership
from .counting import Span, booked, units
from .sql import Condition, memberships

BITS = 62  # of a bigint
TOGETHER = frozenset({Counted.PEOPLE, Counted.SUPPORTS, Counted.HOURS})
Number = int | Decimal
Totals = dict[int, int]


@dataclass(frozen=True)
class Figure:
    """An indicator and what was counted; `total` is in minutes where hours are counted."""

    indicator: Indicator
    total: int

    @property
    def number(self) -> Number:
        """What is shown: whole things, or hours with at most two places."""
        return shown(self.indicator, self.total)


def shown(indicator: Indicator, total: int) -> Number:
    """A total as a number to show: minutes become hours."""
    if indicator.counted != Counted.HOURS:
        return total
    hours = (Decimal(total) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return int(hours) if hours == int(hours) else hours.normalize()


def indicators(actor: Actor, programmes: Collection[Programme] | None = None) -> list[Indicator]:
    """The actor's indicators, of these programmes or of all, in order. What others pay outside cannot be counted.

    Two queries.
    """
    rows = Indicator.objects.filter(programme__organisation_id=actor.organisation_id, programme__outside=False)
    if programmes is not None:
        rows = rows.filter(programme__in=programmes)
    rows = rows.select_related("programme__funder").prefetch_related("services")
    return list(rows.order_by("programme__rank", "programme_id", "position", "id"))


def figures(actor: Actor, span: Span, programmes: Collection[Programme] | None = None) -> list[Figure]:
    """Every indicator of these programmes (default: all of the actor's) counted in a span. Five queries."""
    asked = indicators(actor, programmes)
    totals = count_all(asked, span) if asked else {}
    return [Figure(one, totals.get(one.pk, 0)) for one in asked]


def count_all(asked: Collection[Indicator], span: Span) -> Totals:
    """Totals by indicator id; what is missing is 0."""
    masks = _Masks([one for one in asked if _goes_together(one)])
    alone = [one for one in asked if one.pk not in masks.bits]
    free = memberships() if alone else []
    params: dict[str, Any] = {}
    parts = [*masks.parts(span, params), *_alone(alone, span, free, params)]
    return masks.read(_rows(" UNION ALL ".join(parts), params))


def count_one(indicator: Indicator, span: Span) -> int:
    """The total of one indicator, the slow and plain way."""
    params: dict[str, Any] = {}
    parts = list(_alone([indicator], span, memberships(), params))
    return sum(row[3] for row in _rows(parts[0], params))


def _goes_together(indicator: Indicator) -> bool:
    return not indicator.where and indicator.counted in TOGETHER


def _alone(
    asked: Iterable[Indicator], span: Span, free: Collection[Membership], params: dict[str, Any]
) -> Iterable[str]:
    for indicator in asked:
        one: Condition = units(indicator, span, free, prefix=f"n{indicator.pk}")
        params.update(one.params)
        yield (
            f"SELECT 'alone', {int(indicator.pk)}::bigint, 0::bigint, coalesce(sum(weight), 0)::bigint, 0::bigint"
            f" FROM ({one.sql}) AS u"
        )


class _Masks:
    """Indicators of whole services: each is a bit among those of its programme."""

    def __init__(self, asked: Iterable[Indicator]) -> None:
        self.bits: dict[int, int] = {}
        self.of: dict[int, dict[int, Indicator]] = defaultdict(dict)
        for indicator in asked:
            mine = self.of[indicator.programme_id]
            if len(mine) < BITS:
                self.bits[indicator.pk] = 1 << len(mine)
                mine[self.bits[indicator.pk]] = indicator

    def parts(self, span: Span, params: dict[str, Any]) -> Iterable[str]:
        """Statements that answer (kind, programme, mask, first, second)."""
        if not self.bits:
            return
        self._asked(params)
        scope = booked(span, "all", params)
        yield SUMS.format(scope=scope, asked=_table("sums"))
        yield PEOPLE.format(scope=scope, asked=_table("people"))
        yield CORRECTED.format(scope=scope, asked=_table("people"))

    def _asked(self, params: dict[str, Any]) -> None:
        """The bits that each service of each programme sets, as columns of two little tables."""
        every = list(Service.objects.order_by().values_list("pk", flat=True))
        for name, wanted in [("sums", {Counted.SUPPORTS, Counted.HOURS}), ("people", {Counted.PEOPLE})]:
            cells: dict[tuple[int, int], int] = defaultdict(int)
            for programme, mine in self.of.items():
                for bit, indicator in mine.items():
                    if indicator.counted in wanted:
                        for service in [one.pk for one in indicator.services.all()] or every:
                            cells[programme, service] |= bit
            params[f"{name}_programmes"] = [programme for programme, _ in cells]
            params[f"{name}_services"] = [service for _, service in cells]
            params[f"{name}_masks"] = list(cells.values())

    def read(self, rows: Iterable[tuple[str, int, int, int, int]]) -> Totals:
        """What the rows of all parts add up to."""
        totals: Totals = defaultdict(int)
        corrected: dict[tuple[int, int], int] = defaultdict(int)
        for kind, key, mask, first, second in rows:
            if kind == "alone":
                totals[key] += first
                continue
            for bit, indicator in self.of[key].items():
                if not mask & bit or (indicator.counted == Counted.PEOPLE) == (kind == "sums"):
                    continue
                if kind == "corrected":
                    corrected[indicator.pk, first] += second
                else:
                    totals[indicator.pk] += second if indicator.counted == Counted.HOURS else first
        for (indicator_id, _), net in corrected.items():
            totals[indicator_id] += net > 0
        return totals


def _table(name: str) -> str:
    columns = ", ".join(f"%({name}_{column})s::bigint[]" for column in ("programmes", "services", "masks"))
    return f"unnest({columns}) AS w(programme_id, service_id, mask)"


PAID = """FROM support_support s JOIN funding_allocation a ON a.support_id = s.id
    JOIN {asked} ON w.programme_id = a.programme_id AND w.service_id = s.service_id"""
SUMS = f"""SELECT 'sums', a.programme_id, w.mask, sum(s.sign)::bigint, sum(s.sign * s.minutes * s.headcount)::bigint
    {PAID} WHERE true{{scope}} GROUP BY a.programme_id, w.mask"""
# Whoever has no counter-entry is in each indicator in which any of their entries is.
PEOPLE = f"""SELECT 'people', programme_id, mask, count(*), 0::bigint FROM (
    SELECT a.programme_id, r.person_id, bit_or(w.mask) AS mask
    {PAID} JOIN support_supportperson r ON r.support_id = s.id
    WHERE true{{scope}} GROUP BY a.programme_id, r.person_id HAVING min(s.sign) > 0
    ) person GROUP BY programme_id, mask"""
# The few others are told one by one.
CORRECTED = f"""SELECT 'corrected', a.programme_id, w.mask, r.person_id, sum(s.sign)::bigint
    {PAID} JOIN support_supportperson r ON r.support_id = s.id
    WHERE (a.programme_id, r.person_id) IN (
        SELECT b.programme_id, q.person_id FROM support_support s JOIN funding_allocation b ON b.support_id = s.id
        JOIN support_supportperson q ON q.support_id = s.id WHERE s.reverses_id IS NOT NULL{{scope}}
    ){{scope}} GROUP BY a.programme_id, w.mask, r.person_id"""


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[str, int, int, int, int]]:
    """Asked with enough memory to count a million entries without files, and without compiling for a second first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL jit = off")
        cursor.execute(sql, params)
        return list(cursor.fetchall())
