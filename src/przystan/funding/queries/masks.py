"""Indicators of whole services, counted together: each is a bit of a mask (`indicators`)."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from przystan.rules.sql import Compiler
from przystan.support.models import Service

from ..enums import Counted
from ..models import Indicator
from ..vocabulary import PAYERS
from .counting import New, Span, booked, lately, of_entry

BITS = 62  # of a bigint
CONDITIONAL = 12  # of them, from the top, for indicators that ask for the point as well: theirs alone
TOGETHER = frozenset({Counted.PEOPLE, Counted.SUPPORTS, Counted.HOURS})
Totals = dict[int, int]


def goes_together(indicator: Indicator) -> bool:
    """Whether it is one of those that are counted together."""
    return indicator.counted in TOGETHER and (not indicator.where or of_entry(PAYERS.parse(indicator.where)))


class Masks:
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
        yield from self._people(scope, mask)

    def changes(self, supports: Iterable[int], params: dict[str, Any], sql: Compiler) -> Iterable[tuple[int, str]]:
        """The same of what new supports change: statements, and whether to add what they answer or take it away."""
        if not self.bits:
            return
        self._asked(params)
        params["lately"] = list(supports)
        mask = self._mask(params, sql)
        yield 1, SUMS.format(scope=lately(LATE, New.ONLY), mask=mask, asked=_table("sums"))
        for sign, which in ((1, New.WITH), (-1, New.WITHOUT)):
            for part in self._people(lately(LATE, which), mask):
                yield sign, part

    def _people(self, scope: str, mask: str) -> Iterable[str]:
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


LATE = "%(lately)s::bigint[]"
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
