"""All indicators of all programmes in one statement; of all the time, from what is kept (`kept`).

Most indicators count whole services: these are counted together in two passes over the ledger, in which every
indicator of a programme is a bit of a mask. The others (households, conditions) are asked one by one with
`counting.units`, in the same statement, so that all numbers are of one moment. What is counted, and why, is told in
`counting`; tests/reports hold both ways against each other.
"""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from przystan.access.actors import Actor
from przystan.rules.sql import Compiler, Condition
from przystan.support.models import Service

from ..enums import Counted
from ..models import Indicator, Programme
from ..vocabulary import PAYERS
from .counting import Span, booked, of_entry, units
from .kept import Asked, Kept, figures_of
from .ledger import counted, on_ledger
from .telling import EVERYBODY, Asking, Scope, told_by

BITS = 62  # of a bigint
CONDITIONAL = 12  # of them, from the top, for indicators that ask for the point as well: theirs alone
TOGETHER = frozenset({Counted.PEOPLE, Counted.SUPPORTS, Counted.HOURS})
Number = int | Decimal
Totals = dict[int, int]


@dataclass(frozen=True)
class Figure:
    """An indicator and what was counted; `total` is in minutes where hours are counted.

    `scope`: of whom. Where it is hidden there is no number: `total` and `number` are None. `kept_at`: when most of it
    was counted, if it is a kept figure.
    """

    indicator: Indicator
    total: int | None
    scope: Scope = EVERYBODY
    kept_at: datetime | None = None

    @property
    def number(self) -> Number | None:
        """What is shown: whole things, or hours with at most two places."""
        return None if self.total is None else shown(self.indicator, self.total)


def shown(indicator: Indicator, total: int) -> Number:
    """A total as a number to show: minutes become hours."""
    if not Counted(indicator.counted).of_hours:
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
    rows = rows.select_related("programme__funder").prefetch_related("services", "kinds")
    return list(rows.order_by("programme__rank", "programme_id", "position", "id"))


def figures(actor: Actor, span: Span, programmes: Collection[Programme] | None = None) -> list[Figure]:
    """Every indicator of these programmes (default: all of the actor's) counted in a span, as the actor may have it.

    Six queries, and those of `telling.Asking`. What tells something sensitive is noted. Of all the time, kept figures
    are read where they hold; what is counted anew beside them is of a moment later.
    """
    asked, asking = indicators(actor, programmes), Asking(actor)
    scopes = {one.pk: asking.scope(told_by(one)) for one in asked}
    kept = _kept(one for one in asked if scopes[one.pk].people is None) if span == Span() else {}
    open_ones = [one for one in asked if not scopes[one.pk].hidden and one.pk not in kept]
    totals = count_all(open_ones, span, scopes)
    for one in asked:
        asking.note(one, scopes[one.pk])
    return [_figure(one, scopes[one.pk], kept.get(one.pk), totals) for one in asked]


def _kept(asked: Iterable[Indicator]) -> dict[int, Kept]:
    return {pk: kept for (pk, _), kept in figures_of([Asked(one) for one in asked]).items()}


def _figure(indicator: Indicator, scope: Scope, kept: Kept | None, totals: Totals) -> Figure:
    if kept:
        return Figure(indicator, kept.total, scope, kept.counted_at)
    return Figure(indicator, None if scope.hidden else totals.get(indicator.pk, 0), scope)


def count_all(asked: Collection[Indicator], span: Span, scopes: Mapping[int, Scope]) -> Totals:
    """Totals by indicator id, each of the people of its scope; what is missing is 0. One statement."""
    if not asked:
        return {}
    masks = _Masks([one for one in asked if _goes_together(one) and scopes[one.pk].people is None])
    alone = [one for one in asked if one.pk not in masks.bits]
    sql = on_ledger()
    params: dict[str, Any] = {}
    parts = [*masks.parts(span, params, sql), *_alone(alone, span, sql, params, scopes)]
    return masks.read(counted(" UNION ALL ".join(parts), params))


def count_one(indicator: Indicator, span: Span, scope: Scope = EVERYBODY) -> int:
    """The total of one indicator, the slow and plain way. Who asks answers for the scope."""
    params: dict[str, Any] = {}
    parts = list(_alone([indicator], span, on_ledger(), params, {indicator.pk: scope}))
    return sum(row[3] for row in counted(parts[0], params))


def _goes_together(indicator: Indicator) -> bool:
    return indicator.counted in TOGETHER and (not indicator.where or of_entry(PAYERS.parse(indicator.where)))


def _alone(
    asked: Iterable[Indicator],
    span: Span,
    sql: Compiler,
    params: dict[str, Any],
    scopes: Mapping[int, Scope],
) -> Iterable[str]:
    for indicator in asked:
        people = scopes[indicator.pk].people
        one: Condition = units(indicator, span, sql, prefix=f"n{indicator.pk}", people=people)
        params.update(one.params)
        yield (
            f"SELECT 'alone', {int(indicator.pk)}::bigint, 0::bigint, coalesce(sum(weight), 0)::bigint, 0::bigint"
            f" FROM ({one.sql}) AS u"
        )


class _Masks:
    """Indicators of whole services: each is a bit among those of its programme.

    One that asks for more facts of the entry has a bit that no other programme has, so that its condition can be asked
    of all entries that set the bit.
    """

    def __init__(self, asked: Iterable[Indicator]) -> None:
        self.bits: dict[int, int] = {}
        self.of: dict[int, dict[int, Indicator]] = defaultdict(dict)
        self.conditional: dict[int, Indicator] = {}
        for indicator in asked:
            if bit := self._free_bit(indicator):
                self.bits[indicator.pk] = bit
                self.of[indicator.programme_id][bit] = indicator

    def _free_bit(self, indicator: Indicator) -> int:
        if not indicator.where:
            used = sum(not one.where for one in self.of[indicator.programme_id].values())
            return 1 << used if used < BITS - CONDITIONAL else 0
        if len(self.conditional) == CONDITIONAL:
            return 0
        bit = 1 << (BITS - 1 - len(self.conditional))
        self.conditional[bit] = indicator
        return bit

    def parts(self, span: Span, params: dict[str, Any], sql: Compiler) -> Iterable[str]:
        """Statements that answer (kind, programme, mask, first, second)."""
        if not self.bits:
            return
        self._asked(params)
        scope, mask = booked(span, "all", params), self._mask(params, sql)
        yield SUMS.format(scope=scope, mask=mask, asked=_table("sums"))
        yield PEOPLE.format(scope=scope, mask=mask, asked=_table("people"))
        yield CORRECTED.format(scope=scope, mask=mask, asked=_table("people"))

    def _mask(self, params: dict[str, Any], sql: Compiler) -> str:
        """The bits of an entry: those of its service without the ones whose condition does not hold."""
        mask = "w.mask"
        for bit, indicator in self.conditional.items():
            condition = sql.compile(PAYERS.parse(indicator.where), f"b{indicator.pk}")
            params.update(condition.params)
            mask += f" - CASE WHEN w.mask & {bit} = 0 OR {condition.sql} THEN 0 ELSE {bit} END"
        return f"({mask})"

    def _asked(self, params: dict[str, Any]) -> None:
        """The bits that each service of each programme sets, as columns of two little tables."""
        every = list(Service.objects.order_by().values_list("pk", flat=True))
        params["programmes"] = list(self.of)
        for name, wanted in [("sums", {Counted.SUPPORTS, Counted.HOURS}), ("people", {Counted.PEOPLE})]:
            cells: dict[tuple[int, int], int] = defaultdict(int)
            for programme, mine in self.of.items():
                for bit, indicator in mine.items():
                    if indicator.counted in wanted:
                        for service in [one.pk for one in indicator.services.all()] or every:
                            cells[programme, service] |= bit
            params[f"{name}_keys"] = [programme << 32 | service for programme, service in cells]
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
    # Grouped though each key is there once: only so does the planner know, and hashes the table.
    columns = f"%({name}_keys)s::bigint[], %({name}_masks)s::bigint[]"
    return f"(SELECT key, bit_or(mask) AS mask FROM unnest({columns}) AS t(key, mask) GROUP BY key) w"


# One key of programme and service: with two the planner joins the little table to the payers first, and drowns.
PAID = """FROM support_support s JOIN funding_allocation a ON a.support_id = s.id
    JOIN {asked} ON w.key = (a.programme_id << 32 | s.service_id) AND a.programme_id = ANY(%(programmes)s)"""
SUMS = f"""SELECT 'sums', a.programme_id, {{mask}} AS mask,
    sum(s.sign)::bigint, sum(s.sign * s.minutes * s.headcount)::bigint
    {PAID} WHERE true{{scope}} GROUP BY a.programme_id, {{mask}}"""
# Whoever has no counter-entry is in each indicator in which any of their entries is.
PEOPLE = f"""SELECT 'people', programme_id, mask, count(*), 0::bigint FROM (
    SELECT a.programme_id, r.person_id, bit_or({{mask}}) AS mask
    {PAID} JOIN support_supportperson r ON r.support_id = s.id
    WHERE true{{scope}} GROUP BY a.programme_id, r.person_id HAVING min(s.sign) > 0
    ) person GROUP BY programme_id, mask"""
# The few others are told one by one.
CORRECTED = f"""SELECT 'corrected', a.programme_id, {{mask}}, r.person_id, sum(s.sign)::bigint
    {PAID} JOIN support_supportperson r ON r.support_id = s.id
    WHERE (a.programme_id, r.person_id) IN (
        SELECT a.programme_id, r.person_id {PAID} JOIN support_supportperson r ON r.support_id = s.id
        WHERE s.reverses_id IS NOT NULL{{scope}}
    ){{scope}} GROUP BY a.programme_id, {{mask}}, r.person_id"""
