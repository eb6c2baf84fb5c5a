"""What is new, added to what is kept (`kept`).

The number of what is counted entry by entry grows by theirs. Of people and households all entries of those concerned
are counted with the new ones and without, and the difference is added.
"""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from json import loads
from typing import Any

from przystan.access.scope import current

from ..enums import Counted
from ..models import Indicator
from .counting import New, Span, units
from .kept import READ, Asked, Kept, Key, named, read, state, unpacked
from .ledger import counted, on_ledger
from .masks import Masks, goes_together

TRIES = 3  # of reading the same while somebody else writes
PENDING_AT_MOST = 500  # new entries that are added while somebody waits; of more, counting anew is as quick
STATE, SUM, MASK = "state", "sum", "mask"


def figures_of(asked: Collection[Asked]) -> dict[Key, Kept]:
    """Of what is asked, what need not be counted anew; what is new is added. One statement, two where something is.

    Numbers of everybody, as anybody of the organisation may have them: who asks answers for the scope. Nothing for the
    system, which counts those who are protected, too.
    """
    actor = current()
    if not asked or actor is None or actor.is_system:
        return {}
    found = state(asked)
    for _try in range(TRIES):
        waiting = {key: kept for key, kept in found.items() if kept.pending}
        found = {key: kept for key, kept in found.items() if not kept.pending}
        few = {key: kept for key, kept in waiting.items() if len(kept.pending) <= PENDING_AT_MOST}
        if not few:
            return found
        grown, now = _grown([one for one in asked if one.key in few], few)
        if _same(now, few):
            return found | grown
        found |= now
    return {key: kept for key, kept in found.items() if not kept.pending}


def _same(now: Mapping[Key, Kept], before: Mapping[Key, Kept]) -> bool:
    """Whether what was added was counted at a moment at which the same was kept, and the same was new."""
    return all(
        key in now and (now[key].row, now[key].pending) == (kept.row, kept.pending) for key, kept in before.items()
    )


def _grown(asked: list[Asked], few: Mapping[Key, Kept]) -> tuple[dict[Key, Kept], dict[Key, Kept]]:
    """Figures with what is new, and what was kept at that moment. One statement."""
    params = named(asked)
    parts = [f"SELECT '{STATE}', 0 AS at, NULL AS value, 0::numeric AS weight, to_jsonb(x)::text FROM ({READ}) x"]
    masks, supports = _together(asked, few)
    parts += _by_masks(masks, supports, params)
    alone = [one for one in asked if one.by or one.indicator.pk not in masks.bits]
    parts += _by_units(alone, few, params)
    sums = {one.key: Counter(few[one.key].totals) for one in asked}
    rows, by_sign = [], defaultdict(list)
    for what, at, value, weight, row in counted(" UNION ALL ".join(parts), params):
        if what == STATE:
            rows.append(unpacked(row))
        elif what == MASK:
            by_sign[at].append(loads(row))
        else:
            sums[alone[at].key][value] += int(weight)
    for sign, told in by_sign.items():
        for pk, total in masks.read(told).items():
            sums[pk, ""][""] += sign * total
    grown = {one.key: replace(few[one.key], totals=dict(sums[one.key]), pending=()) for one in asked}
    return grown, read(asked, rows)


def _together(asked: Iterable[Asked], few: Mapping[Key, Kept]) -> tuple[Masks, set[int]]:
    """Those that can be counted together, of each programme what waits for the same entries; these entries."""
    first: dict[int, tuple[int, ...]] = {}
    found = []
    for one in asked:
        if one.by is None and goes_together(one.indicator):
            pending = few[one.key].pending
            if first.setdefault(one.indicator.programme_id, pending) == pending:
                found.append(one.indicator)
    return Masks(found), {pk for pending in first.values() for pk in pending}


def _by_masks(masks: Masks, supports: Iterable[int], params: dict[str, Any]) -> Iterable[str]:
    for sign, part in masks.changes(supports, params, on_ledger()):
        row = "json_build_array(x.kind, x.programme, x.mask, x.first, x.second)::text"
        yield f"SELECT '{MASK}', {sign}, NULL, 0, {row} FROM ({part}) AS x(kind, programme, mask, first, second)"


def _by_units(alone: Iterable[Asked], few: Mapping[Key, Kept], params: dict[str, Any]) -> Iterable[str]:
    compiler = on_ledger()
    for at, one in enumerate(alone):
        for sign, new in _changes(one.indicator, few[one.key].pending):
            found = units(one.indicator, Span(), compiler, one.by, prefix=f"k{at}{new.which}", new=new)
            params.update(found.params)
            yield f"SELECT '{SUM}', {at}, value, {sign} * sum(weight), NULL FROM ({found.sql}) u GROUP BY value"


def _changes(indicator: Indicator, supports: tuple[int, ...]) -> list[tuple[int, New]]:
    """What to count, and whether to add it or take it away."""
    if Counted(indicator.counted).each_once:
        return [(1, New(supports, New.WITH)), (-1, New(supports, New.WITHOUT))]
    return [(1, New(supports, New.ONLY))]
