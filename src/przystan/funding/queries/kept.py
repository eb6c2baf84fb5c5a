"""Figures of all the time that are kept, so that reading one costs nothing however long the past is (decision 49).

A kept figure is read only where it is certainly what counting anew would give. Triggers leave notes (`Touched`) of
whatever is changed; one statement, so one moment, gives the figures, without those that a note concerns, and the notes
of entries that are only new. These are few, and `grown` adds them. `actions.keeping` counts anew what was left out.

Why a note is never missed: it is written in the transaction of the change, and says only what the changed row itself
says. Who sees the change sees the note, or sees what `keeping` made of it. See there, and docs/decisions/0049.
"""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from przystan.rules.sql import Compiler, rows_of

from ..enums import OF_PEOPLE, Breakdown, Counted
from ..models import Indicator, KeptFigure
from ..vocabulary import PAYERS
from .counting import Span, of_entry, units
from .ledger import counted, on_ledger

Key = tuple[int, str]  # of an indicator, and the breakdown or ""


@dataclass(frozen=True)
class Asked:
    """An indicator, or a breakdown of it, over all the time."""

    indicator: Indicator
    by: Breakdown | None = None

    @property
    def key(self) -> Key:
        return self.indicator.pk, self.by.value if self.by else ""

    @property
    def of_people(self) -> bool:
        """Whether facts of people are read for it, which may change without any entry."""
        where = self.indicator.where
        return self.by in OF_PEOPLE or bool(where and not of_entry(PAYERS.parse(where)))

    @property
    def of_results(self) -> bool:
        return Counted(self.indicator.counted).of_results

    def definition(self, sql: Compiler) -> str:
        """Digest of the statement that counts it, and all that was put into it: another rule, service or band, another
        list of countries or another version of the product is another figure."""
        found = units(self.indicator, Span(), sql, self.by)
        return sha256(repr((found.sql, sorted(found.params.items()))).encode()).hexdigest()


@dataclass(frozen=True)
class Kept:
    """What is kept: value -> total ("" without a breakdown), and of which moment. `pending`: supports that are new
    since; `row`: which row says so (each counting makes a new one)."""

    row: int
    totals: Mapping[str, int]
    counted_at: datetime
    pending: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        return self.totals.get("", 0)

    @property
    def rows(self) -> dict[str, int]:
        """Of a breakdown: the greatest first, without what comes to nothing."""
        there = [(value, total) for value, total in self.totals.items() if total]
        return dict(sorted(there, key=lambda one: (-one[1], one[0])))


# Rows of `people`: whose facts may be others, and who may share a household with them. Of `entry` and `reached`:
# supports and results of a programme whose figures may be others; `facts`: only where facts of people are read.
# Facts of the protected are in no kept figure, and concern none: what makes an entry protected leaves a note of it.
STATE = """
WITH t AS MATERIALIZED (SELECT id, what, key, entry FROM funding_touched),
people AS MATERIALIZED (
    SELECT key AS id FROM t WHERE what = 'person'
    UNION SELECT m.person_id FROM t JOIN people_householdmember m ON m.household_id = t.key WHERE t.what = 'household'
    UNION SELECT o.person_id FROM t JOIN people_householdmember m ON m.person_id = t.key
    JOIN people_householdmember o ON o.household_id = m.household_id WHERE t.what = 'person'
), entry AS MATERIALIZED (
    SELECT a.programme_id, a.support_id AS id, false AS facts
    FROM t JOIN funding_allocation a ON a.support_id = t.key WHERE t.what = 'support'
    UNION SELECT a.programme_id, a.support_id, true FROM people p
    JOIN support_supportperson r ON r.person_id = p.id AND NOT r.protected
    JOIN funding_allocation a ON a.support_id = r.support_id
), reached AS MATERIALIZED (
    SELECT key AS programme_id, false AS facts FROM t WHERE what = 'results'
    UNION SELECT a.programme_id, false FROM t
    JOIN funding_resultallocation a ON a.result_id = t.key WHERE t.what = 'result'
    UNION SELECT a.programme_id, true FROM people p
    JOIN results_result r ON r.person_id = p.id AND NOT r.protected
    JOIN funding_resultallocation a ON a.result_id = r.id
)"""
TOUCHED = """(
    EXISTS (SELECT 1 FROM t WHERE what = 'all' OR what = 'programme' AND key = k.programme_id)
    OR k.of_results AND EXISTS (
        SELECT 1 FROM reached x WHERE x.programme_id = k.programme_id AND (k.of_people OR NOT x.facts)
    )
    OR NOT k.of_results AND EXISTS (
        SELECT 1 FROM entry x WHERE x.programme_id = k.programme_id AND (k.of_people OR NOT x.facts) AND NOT EXISTS (
            SELECT 1 FROM t WHERE what = 'added' AND key = k.programme_id AND entry = x.id AND id <> ALL(k.included)
        )
    )
)"""
PENDING = """CASE WHEN k.of_results THEN '{}' ELSE ARRAY(
    SELECT DISTINCT entry FROM t WHERE what = 'added' AND key = k.programme_id AND id <> ALL(k.included) ORDER BY 1
) END"""
READ = f"""{STATE}
SELECT k.id, k.indicator_id, k.by, k.definition, k.totals::text AS totals, k.counted_at, {PENDING} AS pending
FROM funding_keptfigure k WHERE k.indicator_id = ANY(%(kept)s) AND k.by = ANY(%(kept_by)s) AND NOT {TOUCHED}"""


def state(asked: Collection[Asked]) -> dict[Key, Kept]:
    """Kept figures that hold at this moment, but for entries that are new. One statement."""
    return read(asked, rows_of(READ, named(asked)))


def named(asked: Iterable[Asked]) -> dict[str, Any]:
    """The parameters of READ."""
    keys = {one.key for one in asked}
    return {"kept": sorted({pk for pk, _ in keys}), "kept_by": sorted({by for _, by in keys})}


def read(asked: Iterable[Asked], rows: Iterable[tuple[Any, ...]]) -> dict[Key, Kept]:
    """What is still counted so, of the rows of READ."""
    compiler, wanted, found = on_ledger(), {one.key: one for one in asked}, {}
    for row, indicator, by, definition, totals, counted_at, pending in rows:
        one = wanted.get((indicator, by))
        if one and one.definition(compiler) == definition:
            found[one.key] = Kept(row, json.loads(totals), counted_at, tuple(pending))
    return found


def wrong(row: int) -> str:
    """The indicator's name where a kept figure (id) holds and is not what counting gives; else "". Two statements."""
    found = KeptFigure.objects.filter(pk=row).select_related("indicator__programme").first()
    if found is None:
        return ""
    one, compiler = Asked(found.indicator, Breakdown(found.by) if found.by else None), on_ledger()
    counts = units(one.indicator, Span(), compiler, one.by)
    rows = counted(
        f"SELECT NULL AS value, 0::bigint AS total, to_jsonb(x)::text AS kept FROM ({READ}) x"
        f" UNION ALL SELECT value, sum(weight)::bigint, NULL FROM ({counts.sql}) u GROUP BY value",
        named([one]) | counts.params,
    )
    anew = Kept(row, {value: total for value, total, kept in rows if kept is None}, found.counted_at)
    kept = read([one], (unpacked(text) for _, _, text in rows if text)).get(one.key)
    return str(one.indicator) if kept and not kept.pending and kept.rows != anew.rows else ""


def unpacked(text: str) -> tuple[Any, ...]:
    """A row of READ that came as JSON, for `read`."""
    kept = json.loads(text)
    kept["counted_at"] = datetime.fromisoformat(kept["counted_at"])
    names = ("id", "indicator_id", "by", "definition", "totals", "counted_at", "pending")
    return tuple(kept[name] for name in names)
