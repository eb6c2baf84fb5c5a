"""All indicators of all programmes in one statement; of all the time, from what is kept (`kept`).

Most indicators count whole services: these are counted together in two passes over the ledger, in which every
indicator of a programme is a bit of a mask. The others (households, conditions) are asked one by one with
`counting.units`, in the same statement, so that all numbers are of one moment. What is counted, and why, is told in
`counting`; tests/reports hold both ways against each other.
"""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from przystan.access.actors import Actor
from przystan.rules.sql import Compiler, Condition

from ..enums import Counted
from ..models import Indicator, Programme
from .counting import Span, units
from .grown import figures_of
from .kept import Asked, Kept
from .ledger import counted, on_ledger
from .masks import Masks, Totals, goes_together
from .telling import EVERYBODY, Asking, Scope, told_by

Number = int | Decimal


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
    masks = Masks([one for one in asked if goes_together(one) and scopes[one.pk].people is None])
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
